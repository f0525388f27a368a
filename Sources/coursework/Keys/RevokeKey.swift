import Access
import Audit
import Reports

/// `keys revoke`: ends a key for good. It asks for nothing but the id: a key that has leaked is not to wait.
struct RevokeKey: KeysVerb {
    static let actions = ["key.revoke"]

    private let id: String
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        json = arguments.flag("--json")
        id = try arguments.word(orSay: "Say which key, by its id: coursework keys list shows it.")
    }

    var target: AuditTarget { AuditTarget("key \(APIKey(id)?.id ?? String(id.prefix(20)))") }

    func run(_ store: KeyStore) async throws {
        // Who has the whole key may as well give that.
        let id = APIKey(id)?.id ?? id
        guard let record = try await store.revoke(id) else {
            throw CommandFailure(.failed, "There is no key with the id \(Terminal.line(id, atMost: 20)).")
        }
        let sentence = "The key \(id) of \(Terminal.line(record.name)) is revoked; servers know it within two seconds."
        Terminal.print(json ? JSONText.of(["id": id, "name": record.name, "state": "revoked"]) : sentence)
    }
}
