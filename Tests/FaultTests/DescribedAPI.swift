import Foundation
import LocalServers
import ProgramSupport
import TestSupport
import Testing

/// A program that others wrote, schemathesis, reads the description of the API and asks for what that allows and what it does
/// not: it gets no 5xx, and no answer that is not described.
@Suite("The described API", .inTurns(limit: .seconds(1500)))
struct DescribedAPI {
    private static let configuration = """
        {
            queues: ["emails", "default"], pools: { main: { queues: ["emails", "default"] } },
            schedules: {
                night: {
                    cron: "@daily", type: "email.send", queue: "emails",
                    args: { to: "ada@example.org", subject: "Night", text: "Sleep well." },
                },
            },
            server: { rateLimit: { key: null, address: null, failures: null } },
        }
        """

    @Test func `answers as described, whatever is asked by whom`() async throws {
        try await withServer { site, url in
            try await withThrowingTaskGroup { group in
                for role in ["admin", "operator", "producer"] {
                    group.addTask {
                        let asked = try await Self.ask(
                            url + "/v1/openapi.json", at: url, as: role, site, Self.extent(role))
                        #expect(asked.exit == .code(0), "\(role): \(asked.output.suffix(6000))\(asked.errors)")
                        print("described API, \(role): \(Self.count(in: asked)) requests")
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    /// What one role sees at the limits of each value, all see: in the short form the others are sent what is drawn by chance.
    private static func extent(_ role: String) -> [String] {
        let phases = Form.current(
            short: role == "admin" ? "coverage,fuzzing" : "fuzzing", full: "coverage,fuzzing,stateful")
        return ["--phases", phases, "-n", Form.current(short: "6", full: "150")]
    }

    /// The same server, and a description that keeps something back.
    @Test func `an answer that is not described is noticed`() async throws {
        try await withServer { site, url in
            let text = try String(
                contentsOfFile: Product.root + "/Sources/ControlAPI/openapi.json", encoding: .utf8)
            var document = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
            var paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
            paths["/v1/jobs"]?["post"]?["responses"] = ["202": ["description": "Stored."]]
            document["paths"] = paths
            let file = try site.write(try JSONSerialization.data(withJSONObject: document), to: "openapi.json")
            let asked = try await Self.ask(
                file, at: url, as: "producer", site,
                ["--phases", "fuzzing", "-n", "6", "--include-path", "/v1/jobs"])
            #expect(asked.exit == .code(1) && asked.output.contains("Undocumented status code"), "\(asked)")
        }
    }

    private func withServer(_ body: (Site, String) async throws -> Void) async throws {
        try await Site.with(Self.configuration) { site in
            var options = LocalPostgres.Options()
            options.isDurable = false
            let postgres = try await LocalPostgres.start(in: site.folder + "/pg", options: options, on: Program.loop)
            do {
                let database = ["DATABASE_URL": postgres.url]
                _ = try await site.run("migrate", environment: database)
                let server = try await site.start(
                    "serve", "--diagnostics", "--listen", "127.0.0.1:0", environment: database)
                let line = try await server.errors.first(containing: "server ready")
                let address = try #require(line.firstMatch(of: #/"listen":"([^"]+)"/#)?.1)
                try await body(site, "http://\(address)")
            } catch {
                await postgres.stop()
                throw error
            }
            await postgres.stop()
        }
    }

    private static let checks = [
        "not_a_server_error", "status_code_conformance", "content_type_conformance", "response_headers_conformance",
        "response_schema_conformance", "unsupported_method",
    ]

    private static func ask(
        _ description: String, at url: String, as role: String, _ site: Site, _ words: [String]
    ) async throws -> Finished {
        let made = try await site.run("keys", "create", role, "--role", role)
        let key = made.output.trimmingCharacters(in: .newlines)
        // It keeps notes where it is started.
        return try await site.run(
            program: "sh",
            [
                "-c", #"cd "$0" && exec "$@""#, site.folder, Checkout.python, "-m", "schemathesis.cli", "run",
                description, "--url", url, "-H", "Authorization: Bearer \(key)",
                // A stream of events has no end, and it writes no lines of JSON.
                "--exclude-path", "/v1/stream", "--exclude-path", "/v1/dead/import",
                "--checks", checks.joined(separator: ","), "--seed",
                Form.current(short: "1", full: "\(Int.random(in: 1...999_999))"),
                "--continue-on-failure", "--no-shrink", "--no-color", "--warnings", "off", "--generation-database",
                "none",
            ] + words, within: .seconds(450))
    }

    private static func count(in asked: Finished) -> Int {
        asked.output.firstMatch(of: #/(\d+) generated/#).flatMap { Int($0.1) } ?? 0
    }
}
