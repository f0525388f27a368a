import Foundation
import Glibc
import ProgramSupport
import TestSupport
import Testing

@Suite("serve", .inTurns)
struct ServeTests {
    @Test func `answers who asks how it is, and ends when it is told to`() async throws {
        try await Site.with { site in
            let (server, url) = try await site.startServer()
            let live = try await site.curl("\(url)/livez")
            #expect(live == #"{"status":"live"} 200"#)
            let ready = try await site.curl("\(url)/readyz")
            #expect(ready == #"{"status":"ready"} 200"#)
            let ended = try await server.end()
            #expect(ended.exit == .code(0), "\(ended)")
            _ = try await server.errors.first(containing: "server stopped")
        }
    }

    @Test func `lives while its servers are away, and names them`() async throws {
        try await Site.with(redis: nil, isClosed: false) { site in
            let nowhere = ["DATABASE_URL": "postgresql://coursework@/coursework?host=\(site.folder)"]
            let (_, url) = try await site.startServer(environment: nowhere)
            let live = try await site.curl("\(url)/livez")
            #expect(live.hasSuffix(" 200"))
            let ready = try await site.curl("\(url)/readyz")
            #expect(ready == #"{"status":"unavailable","missing":["redis","database"]} 503"#)
            try await site.startRedis()
            try await eventually("Redis is back") {
                try await site.curl("\(url)/readyz") == #"{"status":"unavailable","missing":["database"]} 503"#
            }
        }
    }

    @Test func `dev shows a certificate to whoever has its code, which no log has`() async throws {
        try await Site.with(nil, redis: nil) { site in
            let dev = try await site.startDev()
            let url = try await dev.output.first("its address") { $0.hasPrefix("http://127.0.0.1:") }
            let env = try String(contentsOfFile: site.data + "/env", encoding: .utf8)
            #expect(env.contains("export COURSEWORK_URL='\(url)'\n"))
            let args =
                #"{"learner":"ada","name":"Ada Lovelace","course":"engine","title":"Engines","issuer":"Academy"}"#
            let issued = try await site.runOnDev("enqueue", "certificate.issue", "--wait", "--args", args)
            #expect(issued.exit == .code(0), "\(issued)")
            let code = try #require(issued.output.firstMatch(of: #/"certificate":"([0-9A-Z-]+)"/#)?.1)
            let page = try await site.curl("\(url)/certificates/\(code)", "-H", "Accept-Language: de")
            #expect(
                page.contains("Dieses Zertifikat ist gültig") && page.contains("Ada Lovelace") && page.hasSuffix(" 200")
            )
            let line = try await dev.errors.first(containing: "/certificates/{code}")
            #expect(line.contains(#""status":200"#) && !line.contains(code))
            let unsubscribed = try await site.curl("\(url)/unsubscribe?token=x", "-X", "POST")
            #expect(unsubscribed.hasSuffix(" 404"))
        }
    }

    @Test func `what SendGrid has signed is believed by a key of the configuration`() async throws {
        let folder = try TemporaryFolder()
        let pem = try await Tool.openssl.run("genpkey", "-algorithm", "ec", "-pkeyopt", "ec_paramgen_curve:P-256")
        try Data(pem).write(to: URL(fileURLWithPath: folder.file("key")))
        let key = Data(try await Tool.openssl.run("pkey", "-in", folder.file("key"), "-pubout", "-outform", "DER"))
        let time = "\(Int(Date().timeIntervalSince1970))"
        let signature = Data(
            try await Tool.openssl.run("dgst", "-sha256", "-sign", folder.file("key"), input: Array("\(time)[]".utf8)))
        func configuration(_ key: String) -> String {
            #"{ workers: { email: { from: "no-reply@school.example", sendGridEventKeys: ["\#(key)"] } } }"#
        }
        try await Site.with(configuration(key.base64EncodedString())) { site in
            let (_, url) = try await site.startServer()
            func post(_ body: String) async throws -> String {
                try await site.curl(
                    "\(url)/v1/mail/events/sendgrid", "--data-binary", body, "-H",
                    "X-Twilio-Email-Event-Webhook-Signature: \(signature.base64EncodedString())", "-H",
                    "X-Twilio-Email-Event-Webhook-Timestamp: \(time)")
            }
            // There is no database here that could take them.
            let (signed, changed) = (try await post("[]"), try await post("[ ]"))
            #expect(signed.hasSuffix(" 503") && changed.hasSuffix(" 401"), "\(signed) \(changed)")
        }
        try await Site.with(configuration("MFkw")) { site in
            let refused = try await site.run("serve", "--listen", "127.0.0.1:0")
            #expect(refused.exit == .code(78), "\(refused)")
            #expect(refused.errors.contains("workers.email.sendGridEventKeys: each is a verification key"))
        }
    }

    @Test func `supervise runs one where the world may reach it`() async throws {
        let configuration = """
            {
                queues: ["default"], pools: { main: { queues: ["default"] } },
                server: { listen: "127.0.0.1:0", publicURL: "https://learn.example.org" },
            }
            """
        try await Site.with(configuration) { site in
            let supervisor = try await site.start("supervise")
            let url = try await Site.address(in: supervisor)
            let fields = try await site.curl("\(url)/livez", "-D", "-")
            #expect(fields.lowercased().contains("strict-transport-security: "))
            let ended = try await supervisor.end()
            #expect(ended.exit == .code(0), "\(ended)")
        }
    }

    @Test func `tells the job types to nobody who has no key`() async throws {
        try await Site.with { site in
            let (_, url) = try await site.startServer()
            for path in ["/v1/types", "/v1/types/email.send"] {
                #expect(try await site.curl(url + path).hasSuffix(" 401"))
            }
        }
    }

    @Test func `says why it cannot listen`() async throws {
        try await Site.with { site in
            let (_, url) = try await site.startServer()
            let address = String(url.dropFirst("http://".count))
            let second = try await site.run("serve", "--listen", address)
            #expect(second.exit == .code(69) && second.errors.contains("Another program listens on port "), "\(second)")
            for wrong in ["localhost:80", "127.0.0.1", "127.0.0.1:x", "::1:80"] {
                let refused = try await site.run("serve", "--listen", wrong)
                #expect(refused.exit == .code(64), "\(wrong): \(refused)")
            }
        }
    }
}

extension Site {
    /// Starts a server on a port that is free.
    fileprivate func startServer(environment: [String: String] = [:]) async throws -> (Program, url: String) {
        let server = try await start("serve", "--listen", "127.0.0.1:0", environment: environment)
        return (server, try await Self.address(in: server))
    }

    fileprivate static func address(in program: Program) async throws -> String {
        let line = try await program.errors.first(containing: "server ready")
        guard let address = line.firstMatch(of: #/"listen":"([^"]+)"/#)?.1 else { throw TestFailure(line) }
        return "http://\(address)"
    }

    /// What curl gets, and the status behind it.
    fileprivate func curl(_ url: String, _ words: String...) async throws -> String {
        let finished = try await run(
            program: "curl", ["-sS", "--max-time", "20", "-w", " %{http_code}", url] + words)
        guard finished.exit == .code(0) else { throw TestFailure("curl \(url): \(finished)") }
        return finished.output
    }
}
