import CertificateBadges
import JOSE
import Signing
import TestSupport
import Testing

struct StatusListTests {
    private func credential(_ revoked: [Int], count: Int = 0) -> StatusListCredential {
        StatusListCredential(
            url: Academy.list, issuer: Academy.id, validFrom: Academy.day,
            list: BitstringStatusList(revoked: revoked, count: count))
    }

    @Test func `another implementation finds the places that are set, and no others`() async throws {
        let academy = try Academy()
        let revoked = [0, 7, 8, 94_567, 131_071]
        let read = try #require(try await academy.read(academy.signer.sign(credential(revoked)))[0])
        let places = try #require(read["places"] as? [String: Any])
        #expect(places["count"] as? Int == 131_072 && places["set"] as? [Int] == revoked)
        #expect((read["header"] as? [String: String])?["typ"] == "vc+jwt")
        let payload = try #require(read["payload"] as? [String: Any])
        #expect(payload["type"] as? [String] == ["VerifiableCredential", "BitstringStatusListCredential"])
        let subject = try #require(payload["credentialSubject"] as? [String: String])
        #expect(subject["type"] == "BitstringStatusList" && subject["statusPurpose"] == "revocation")
        #expect(payload["iss"] as? String == Academy.id && payload["jti"] as? String == Academy.list)
    }

    @Test func `a list is read back, and tells of every place that it has`() throws {
        let academy = try Academy()
        var generator = SeededGenerator(seed: 3)
        let revoked = Set((0..<500).map { _ in Int.random(in: 0..<200_000, using: &generator) })
        let token = academy.signer.sign(credential(Array(revoked), count: 200_000))
        let list = try academy.verifier.statusList(token, url: Academy.list)
        #expect(list.count == 200_000)
        for index in 0..<200_000 where list.isRevoked(index) != revoked.contains(index) { Issue.record("\(index)") }
        #expect(list.isRevoked(200_000) == nil && list.isRevoked(-1) == nil)
        #expect(list.isRevoked(Academy.badge().credentialStatus?.index ?? -1) != nil)
    }

    @Test func `a list is never small, and grows with its places`() {
        #expect(BitstringStatusList(revoked: [], count: 10).count == 131_072)
        #expect(BitstringStatusList(revoked: [131_072]).count == 131_080)
    }

    @Test func `the list of another place, of another key, or a badge, is refused`() throws {
        let academy = try Academy(), stranger = try Academy()
        let token = academy.signer.sign(credential([1]))
        #expect(throws: InvalidBadge.self) { try academy.verifier.statusList(token, url: "\(Academy.list)2") }
        #expect(throws: InvalidBadge.self) { try stranger.verifier.statusList(token, url: Academy.list) }
        #expect(throws: InvalidBadge.self) {
            try academy.verifier.statusList(academy.signer.sign(Academy.badge()), url: Academy.list)
        }
        #expect(try academy.verifier.statusList(token, url: Academy.list).isRevoked(1) == true)
    }

    @Test(arguments: ["", "u", "z123", "uAAAA", "u!!!!"])
    func `a list that is none is refused`(encoded: String) throws {
        let key = try SigningKey.generate(.p256)
        let signer = try CredentialSigner(pem: key.pem, keys: Academy.id)
        let good = String(decoding: SortedJSON.bytes(credential([1])), as: UTF8.self)
        let claims =
            #","iss":"\#(Academy.id)","jti":"\#(Academy.list)","nbf":1796083200,"sub":"\#(Academy.list)#list"}"#
        let list = credential([1]).credentialSubject.encodedList
        let verifier = CredentialVerifier(keys: JSONWebKeySet([signer.publicKey]))
        for (text, isFine) in [(list, true), (encoded, false)] {
            let payload = good.dropLast().replacing(list, with: text) + claims
            let token = try #require(
                SignedToken.text(Array(payload.utf8), by: key, keyID: signer.keyID, type: "vc+jwt"))
            #expect(((try? verifier.statusList(token, url: Academy.list)) != nil) == isFine)
        }
    }
}
