import Foundation
import JOSE
import Signing
import Testing

struct SignedTokenTests {
    private let payload = Array(#"{"name":"Ada"}"#.utf8)

    private func token(_ key: SigningKey, id: String = "one") throws -> String {
        try #require(SignedToken.text(payload, by: key, keyID: id, type: "JWT"))
    }

    private func keys(_ key: SigningKey, id: String = "one") -> JSONWebKeySet {
        JSONWebKeySet([JSONWebKey(key.publicKey, id: id)])
    }

    @Test(arguments: [KeyAlgorithm.rsa, .p256, .ed25519])
    func `a token gives back what was signed`(algorithm: KeyAlgorithm) throws {
        let key = try SigningKey.generate(algorithm), other = try SigningKey.generate(algorithm)
        let token = try token(key)
        #expect(try SignedToken.payload(of: token, signedBy: keys(key)) == payload)
        let both = JSONWebKeySet(keys(other, id: "two").keys + keys(key).keys)
        #expect(try SignedToken.payload(of: token, signedBy: both) == payload)
        #expect(throws: InvalidToken.broken) { try SignedToken.payload(of: token, signedBy: keys(other)) }
        #expect(throws: InvalidToken.unknownKey) { try SignedToken.payload(of: token, signedBy: keys(key, id: "two")) }
    }

    @Test func `JOSE has no signature of P-384 over SHA-256`() throws {
        let key = try SigningKey.generate(.p384)
        #expect(SignedToken.text(payload, by: key, keyID: "one", type: "JWT") == nil)
    }

    @Test func `a token that says that it is not signed, or signed in another way, is refused`() throws {
        let key = try SigningKey.generate(.rsa)
        let parts = try token(key).split(separator: ".").map(String.init)
        for algorithm in ["none", "None", "HS256", "ES256", "RS512", ""] {
            let header = Base64URL.text(#"{"alg":"\#(algorithm)","kid":"one"}"#.utf8)
            for signature in [parts[2], ""] {
                #expect(throws: InvalidToken.wrongAlgorithm) {
                    try SignedToken.payload(of: "\(header).\(parts[1]).\(signature)", signedBy: keys(key))
                }
            }
        }
        let critical = Base64URL.text(#"{"alg":"RS256","kid":"one","crit":["exp"]}"#.utf8)
        #expect(throws: InvalidToken.malformed) {
            try SignedToken.payload(of: "\(critical).\(parts[1]).\(parts[2])", signedBy: keys(key))
        }
    }

    @Test(arguments: [KeyAlgorithm.p256, .ed25519])
    func `a token that was changed anywhere is refused`(algorithm: KeyAlgorithm) throws {
        let key = try SigningKey.generate(algorithm)
        let bytes = Array(try token(key).utf8)
        for place in bytes.indices {
            var changed = bytes
            // Another letter of the alphabet, whose change is in its highest bit: the last bits may be none of a byte.
            changed[place] = changed[place] == UInt8(ascii: "A") ? UInt8(ascii: "g") : UInt8(ascii: "A")
            guard changed[place] != bytes[place] else { continue }
            let text = String(decoding: changed, as: UTF8.self)
            if let read = try? SignedToken.payload(of: text, signedBy: keys(key)) {
                Issue.record("\(place) of \(bytes.count): \(String(decoding: read, as: UTF8.self))")
            }
        }
    }

    @Test(arguments: ["", ".", "..", "a.b", "a.b.c.d", "é.é.é", "e30.e30.", "bnVsbA.bnVsbA.bnVsbA"])
    func `what is no token is refused`(text: String) throws {
        let key = try SigningKey.generate(.p256)
        #expect(throws: InvalidToken.self) { try SignedToken.payload(of: text, signedBy: keys(key)) }
        let large = String(repeating: "A", count: SignedToken.mostBytes + 1)
        #expect(throws: InvalidToken.malformed) { try SignedToken.payload(of: large, signedBy: keys(key)) }
    }
}
