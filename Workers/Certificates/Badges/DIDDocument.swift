internal import JOSE

/// The keys of an issuer, as W3C's Decentralized Identifiers 1.0 lays them out.
struct DIDDocument: Encodable {
    struct Method: Encodable {
        let id: String
        let type: String
        let controller: String
        let publicKeyJwk: JSONWebKey
    }

    let context: [String]
    let id: String
    let verificationMethod: [Method]
    /// Those that sign credentials.
    let assertionMethod: [String]

    init(id: String, keys: [JSONWebKey]) {
        context = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"]
        self.id = id
        verificationMethod = keys.compactMap { key in
            key.kid.map { Method(id: $0, type: "JsonWebKey", controller: id, publicKeyJwk: key) }
        }
        assertionMethod = verificationMethod.map(\.id)
    }

    private enum CodingKeys: String, CodingKey {
        case context = "@context"
        case id, verificationMethod, assertionMethod
    }
}
