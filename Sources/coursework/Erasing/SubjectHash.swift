import Sealing
import Signing

/// What stands for a person where the name must not: the same for the same name as long as there is a key.
struct SubjectHash: Sendable {
    private let key: AuthenticationKey

    /// - Parameter key: nil takes one that nobody keeps.
    init(key: SealingKey?) {
        let bytes = (key ?? .generate()).derivedBytes(for: "names of erased people")
        guard let made = try? AuthenticationKey(bytes) else { preconditionFailure("a key that is too short") }
        self.key = made
    }

    func of(_ name: String) -> String {
        String(SHA256.text(hash: key.code(for: Array(name.lowercased().utf8))).prefix(32))
    }
}
