import Foundation
import JOSE
import Signing
import Testing

struct JSONWebKeyTests {
    private func key(_ json: String) throws -> PublicKey {
        try #require(try JSONDecoder().decode(JSONWebKey.self, from: Data(json.utf8)).key)
    }

    /// RFC 7638, 3.1; RFC 8037, A.3.
    @Test func `thumbprints are those of the standards`() throws {
        let rsa = try key(
            """
            {"kty":"RSA","e":"AQAB","alg":"RS256","kid":"2011-04-29","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78\
            LhWx4cbbfAAtVT86zwu1RK7aPFFxuhDR1L6tSoc_BJECPebWKRXjBZCiFV4n3oknjhMstn64tZ_2W-5JsGY4Hc5n9yBXArwl93lqt7_RN5w6C\
            f0h4QyQ5v-65YGjQR0_FDW2QvzqY368QQMicAtaSqzs8KJZgnYb9c7d0zgdAZHzu6qMQvRL5hajrn1n91CbOpbISD08qNLyrdkt-bFTWhAI4v\
            MQFh6WeZu0fM4lFd2NcRwr3XPksINHaQ-G_xBniIqbw0Ls1jF44-csFCur-kEgU8awapJzKnqDKgw"}
            """)
        #expect(JSONWebKey.thumbprint(of: rsa) == "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs")
        let ed25519 = try key(#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#)
        #expect(JSONWebKey.thumbprint(of: ed25519) == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k")
    }

    @Test(arguments: KeyAlgorithm.allCases)
    func `a key is the same after a way through JSON, and its private half is not in it`(
        algorithm: KeyAlgorithm
    ) throws {
        let key = try SigningKey.generate(algorithm)
        let json = SortedJSON.bytes(JSONWebKey(key.publicKey, id: "this"))
        let copy = try JSONDecoder().decode(JSONWebKey.self, from: Data(json))
        #expect(copy.key?.info == key.publicKey.info && copy.kid == "this" && copy.use == "sig")
        let fields = try #require(try JSONSerialization.jsonObject(with: Data(json)) as? [String: String])
        #expect(Set(fields.keys).isDisjoint(with: ["d", "p", "q", "dp", "dq", "qi", "k"]))
    }

    @Test(arguments: [
        #"{"kty":"oct","k":"AAAA"}"#, #"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#, #"{"kty":"RSA","n":"AQAB"}"#,
        #"{"kty":"OKP","crv":"X25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
        #"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#,
        #"{"kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmb","e":"AQAB"}"#,
    ])
    func `what is no key of a known kind is none`(json: String) throws {
        #expect(try JSONDecoder().decode(JSONWebKey.self, from: Data(json.utf8)).key == nil)
    }
}
