import CertificateBadges
import CertificateRecord
import HTTPServer
import JOSE
import Platform
import PublicPages
import Signing
import TestSupport
import Testing

@Suite("pages of credentials")
struct CredentialPagesTests {
    private static let url = "https://learn.example.org/certificates"
    private static let id = "did:web:learn.example.org:certificates"

    private static func publisher() throws -> CredentialPublisher {
        CredentialPublisher(
            try BadgeAuthority(url: url, issuerURL: nil, pem: SigningKey.generate(.p256).pem),
            name: "Analytical Academy")
    }

    @Test func `programs find the keys and the issuer`() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        let publisher = try Self.publisher()
        let routes = CredentialPages(publisher: publisher, record: nil).routes + CertificatePages(record: nil).routes
        try await PublicSite.serve(routes, on: loop) { port in
            let keys = try await HTTPClient.ask("GET", "/certificates/keys", fields: [], port: port)
            #expect(keys.status == 200 && keys["content-type"] == "application/jwk-set+json")
            #expect(
                keys.body.contains(#""kid":"did:web:learn.example.org:certificates#"#)
                    && keys["cache-control"] == "public, max-age=60")
            let did = try await HTTPClient.ask("GET", "/certificates/did.json", fields: [], port: port)
            #expect(did.status == 200 && did.body.contains(#""id":"did:web:learn.example.org:certificates""#))
            let issuer = try await HTTPClient.ask("GET", "/certificates/issuer", fields: [], port: port)
            #expect(
                issuer.body
                    == #"{"id":"did:web:learn.example.org:certificates","name":"Analytical Academy","type":["Profile"]}"#
            )
        }
    }

    @Test func `the list of what is revoked is signed, and says so`() async throws {
        try await PublicSite.with { site in
            let publisher = try Self.publisher()
            let codes = [try await site.add(.sample()), try await site.add(.sample(), state: "revoked")]
            let record = CertificateRecord(site.client)
            let routes = CredentialPages(publisher: publisher, record: record).routes
            try await PublicSite.serve(routes, on: site.loop) { port in
                let answer = try await HTTPClient.ask("GET", "/certificates/status/0", fields: [], port: port)
                #expect(answer.status == 200 && answer["content-type"] == "application/vc+jwt")
                let keys = try await HTTPClient.ask("GET", "/certificates/keys", fields: [], port: port)
                let set = try #require(SortedJSON.value(JSONWebKeySet.self, of: Array(keys.body.utf8)))
                let list = try CredentialVerifier(keys: set).statusList(answer.body, url: "\(Self.url)/status/0")
                for (code, isRevoked) in zip(codes, [false, true]) {
                    let status = try await record.find(try #require(CertificateCode(code)))?.status
                    #expect(status?.list == 0 && list.isRevoked(status?.index ?? -1) == isRevoked)
                }
                let again = try await HTTPClient.ask("GET", "/certificates/status/0", fields: [], port: port)
                #expect(again.body == answer.body, "it was signed anew")
                for name in ["1", "00", "-1", "x", "99999999999999999999", "2147483647"] {
                    let other = try await HTTPClient.ask("GET", "/certificates/status/\(name)", fields: [], port: port)
                    #expect(other.status == 404, "\(name)")
                }
            }
        }
    }

    @Test func `where no badges are made there is nothing`() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        try await PublicSite.serve(CredentialPages(publisher: nil, record: nil).routes, on: loop) { port in
            for target in [
                "/certificates/keys", "/certificates/issuer", "/certificates/did.json", "/certificates/status/0",
            ] {
                let answer = try await HTTPClient.ask("GET", target, fields: [], port: port)
                #expect(answer.status == 404, "\(target)")
            }
        }
    }
}
