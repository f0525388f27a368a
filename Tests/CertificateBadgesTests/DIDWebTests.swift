import CertificateBadges
import Foundation
import JOSE
import Testing

struct DIDWebTests {
    @Test(
        arguments: [
            ("https://learn.example.org", "did:web:learn.example.org"),
            ("https://learn.example.org/", "did:web:learn.example.org"),
            ("https://learn.example.org:8443/schools/17", "did:web:learn.example.org%3A8443:schools:17"),
            ("http://learn.example.org", nil), ("https://", nil), ("https://a//b", nil), ("https://a/b:c", nil),
            ("https://a b", nil), ("https://a/?x=1", nil), ("ftp://a", nil),
        ] as [(String, String?)])
    func `a web site's identifier is that of the method`(url: String, identifier: String?) {
        #expect(DIDWeb.identifier(of: url) == identifier)
    }

    @Test func `the document has the keys under the names that tokens have for them`() throws {
        let academy = try Academy()
        let bytes = DIDWeb.document(of: Academy.id, keys: academy.keys)
        let document = try #require(try JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
        #expect(document["id"] as? String == Academy.id)
        #expect(document["assertionMethod"] as? [String] == [academy.signer.keyID])
        let method = try #require((document["verificationMethod"] as? [[String: Any]])?.first)
        #expect(method["id"] as? String == academy.signer.keyID && method["controller"] as? String == Academy.id)
        #expect(method["type"] as? String == "JsonWebKey")
        let key = try #require(method["publicKeyJwk"] as? [String: String])
        #expect(key["kid"] == academy.signer.keyID && key["kty"] == "EC" && key["d"] == nil)
        #expect(academy.signer.keyID.hasPrefix("\(Academy.id)#"))
    }
}
