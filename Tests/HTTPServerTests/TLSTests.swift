import FoundationEssentials
import HTTPServer
import Platform
import TestSupport
import Testing

@Suite("HTTP over TLS", .timeLimit(.minutes(2)))
struct TLSTests {
    private let folder: TemporaryFolder
    private var certificate: String { folder.file("certificate.pem") }

    init() async throws {
        folder = try TemporaryFolder()
        try await Tool.openssl.run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj",
            "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder.file("key.pem"), "-out",
            certificate)
    }

    private func identity() throws -> TLSIdentity {
        TLSIdentity(certificates: try folder.text(of: "certificate.pem"), key: try folder.text(of: "key.pem"))
    }

    private func curl(_ test: TestServer, _ target: String, _ more: String...) async throws -> String {
        let words = ["-sS", "--max-time", "20", "--cacert", certificate, "-w", " %{http_code} %{ssl_verify_result}"]
        let output = try await Tool("/usr/bin/curl").run(
            words + more + ["https://127.0.0.1:\(test.server.port)\(target)"])
        return String(decoding: output, as: UTF8.self)
    }

    @Test func `answers at once and later, and reads bodies`() async throws {
        let identity = try identity()
        try await TestServer.with {
            ($0.tls, $0.isBehindTLS) = (identity, true)
        } _: { test in
            test.gate.open()
            #expect(try await curl(test, "/now") == "now 200 0")
            #expect(try await curl(test, "/later") == "later 200 0")
            #expect(try await curl(test, "/body", "-d", "abc") == "abc 200 0")
            let closed = try await curl(test, "/staff")
            #expect(closed.hasSuffix(" 401 0"))
            let large = String(repeating: "x", count: 1001)
            let refused = try await curl(test, "/body", "-d", large)
            #expect(refused.hasSuffix(" 413 0"))
            let fields = try await curl(test, "/now", "-D", "-")
            #expect(fields.contains("Strict-Transport-Security: max-age=31536000"))
        }
    }

    @Test(arguments: [("-tls1", false), ("-tls1_1", false), ("-tls1_2", true), ("-tls1_3", true)])
    func `speaks nothing that is outdated`(version: String, isSpoken: Bool) async throws {
        let identity = try identity()
        try await TestServer.with {
            $0.tls = identity
        } _: { test in
            let words = [
                "s_client", "-connect", "127.0.0.1:\(test.server.port)", version, "-cipher", "ALL:@SECLEVEL=0",
            ]
            let output = try? await Tool.openssl.run(words)
            #expect((output != nil) == isSpoken)
        }
    }

    @Test func `has no cipher that a stolen key could read later`() async throws {
        let identity = try identity()
        try await TestServer.with {
            $0.tls = identity
        } _: { test in
            for cipher in [
                "AES128-GCM-SHA256", "AES256-SHA", "NULL", "DHE-RSA-AES128-GCM-SHA256", "ECDHE-ECDSA-RC4-SHA",
            ] {
                let words = ["s_client", "-connect", "127.0.0.1:\(test.server.port)", "-tls1_2", "-cipher", cipher]
                await #expect(throws: TestFailure.self, "\(cipher)") { try await Tool.openssl.run(words) }
            }
        }
    }

    @Test func `who speaks no TLS, or begins and says no more, is cut off`() async throws {
        let identity = try identity()
        try await TestServer.with {
            $0.tls = identity
            $0.headTimeout = .milliseconds(500)
        } _: { test in
            let plain = try test.newClient()
            await plain.send("GET /now HTTP/1.1\r\nHost: a\r\n\r\n")
            // The alert that is sent is no answer of HTTP.
            await #expect(throws: TestFailure.self) {
                if try await plain.answer() == nil { throw TestFailure("closed, which is as good") }
            }
            let silent = try test.newClient()
            await silent.send([0x16, 3, 1, 0, 200])
            #expect(await silent.isClosed())
            #expect(try await curl(test, "/now") == "now 200 0")
        }
    }

    @Test func `a body that comes too slowly gets no word in the clear`() async throws {
        let identity = try identity()
        try await TestServer.with {
            $0.tls = identity
            $0.bodyTimeout = .milliseconds(300)
        } _: { test in
            let words = ["s_client", "-quiet", "-no_ign_eof", "-connect", "127.0.0.1:\(test.server.port)"]
            let half = "POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\nx"
            let output = try? await Tool.openssl.run(words, input: Array(half.utf8))
            #expect(output?.isEmpty ?? true)
            try await eventually("it is over") { test.log.lines.contains { $0.message == "request" } }
        }
    }

    @Test func `says what is wrong with a certificate`() async throws {
        let good = try identity()
        try await Tool.openssl.run("genpkey", "-algorithm", "ed25519", "-out", folder.file("other.pem"))
        let (certificate, key) = (try folder.text(of: "certificate.pem"), try folder.text(of: "key.pem"))
        for bad in [
            TLSIdentity(certificates: "", key: key), TLSIdentity(certificates: certificate, key: "no key"),
            TLSIdentity(certificates: certificate, key: try folder.text(of: "other.pem")),
        ] {
            let failure = await #expect(throws: HTTPServerFailure.self) {
                try await TestServer.with {
                    $0.tls = bad
                } _: { _ in
                }
            }
            #expect(failure?.description.hasPrefix("TLS cannot be spoken: ") == true)
        }
        #expect("\(good)" == "***")
    }
}
