internal import JOSE
internal import Signing

/// The keys of who issues tokens, by their names: RSA of 2048 bits and more, for signatures.
struct TrustedKeys: Sendable {
    private static let most = 100

    let keys: [String: PublicKey]

    /// Nil for what is no set of keys (RFC 7517, 5), and for one without a key that we use.
    init?(json: [UInt8]) {
        guard let set = SortedJSON.value(JSONWebKeySet.self, of: json) else { return nil }
        var keys: [String: PublicKey] = [:]
        for entry in set.keys.prefix(Self.most) {
            guard entry.kty == "RSA", entry.use ?? "sig" == "sig", entry.alg ?? "RS256" == "RS256",
                let id = entry.kid, keys[id] == nil, let key = entry.key, key.algorithm == .rsa
            else { continue }
            keys[id] = key
        }
        guard !keys.isEmpty else { return nil }
        self.keys = keys
    }

    func isSame(as other: TrustedKeys) -> Bool { keys.mapValues(\.info) == other.keys.mapValues(\.info) }
}
