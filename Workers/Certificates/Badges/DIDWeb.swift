package import JOSE

/// The method `did:web` (W3C CCG, did:web): an issuer is known by its web site.
package enum DIDWeb {
    /// - Parameter url: `https://learn.example.org`, perhaps with a port and a path.
    /// - Returns: `did:web:learn.example.org`; nil for anything else than https.
    package static func identifier(of url: String) -> String? {
        guard url.hasPrefix("https://") else { return nil }
        let parts = url.dropFirst(8).split(separator: "/", omittingEmptySubsequences: false)
        let names = parts.last == "" ? parts.dropLast() : parts[...]
        let isPlain = names.allSatisfy { name in
            !name.isEmpty && name.utf8.allSatisfy { isAlphanumeric($0) || "-._~%:".utf8.contains($0) }
        }
        guard isPlain, let host = names.first, !host.contains("%"),
            !names.dropFirst().contains(where: { $0.contains(":") })
        else { return nil }
        let port = host.split(separator: ":").joined(separator: "%3A")
        return (["did:web", port] + names.dropFirst().map(String.init)).joined(separator: ":")
    }

    /// The document that is served as `/.well-known/did.json` of the host, or as `did.json` below its path.
    /// - Parameter keys: under names that begin with the identifier.
    package static func document(of identifier: String, keys: JSONWebKeySet) -> [UInt8] {
        SortedJSON.bytes(DIDDocument(id: identifier, keys: keys.keys))
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
