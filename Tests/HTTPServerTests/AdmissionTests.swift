import HTTPServer
import TestSupport
import Testing

@Suite("HTTP admission")
struct AdmissionTests {
    /// Whatever begins like a path that is not public, in whatever way it is written.
    private static let guarded = [
        "/staff", "/staff/1", "/staff/", "/staff/no/such/thing", "//staff", "/./staff", "/../staff", "/%2e/staff",
        "/STAFF", "/%73taff", "/staff%2F1", "/staff/%FF", "/staff?x=/now",
    ]

    @Test(arguments: guarded) func `a stranger learns nothing of what there is`(target: String) async throws {
        try await TestServer.with(gatekeeper: NamedGate()) { test in
            var answers: Set<String> = []
            for method in ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "BREW"] where method != "HEAD" {
                for fields in ["", "X-Forwarded-For: 127.0.0.1\r\n", "Authorization: Bearer wrong\r\n"] {
                    let head = "\(method) \(target) HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\(fields)\r\n"
                    answers.insert(try await test.trace(head))
                }
            }
            #expect(answers.count == 1 && answers.first?.hasPrefix("401 Bearer ") == true, "\(answers)")
        }
    }

    @Test func `a role may what is for it and for those below`() async throws {
        try await TestServer.with(gatekeeper: NamedGate()) { test in
            for (name, got, posted) in [
                ("admin", 200, 200), ("operator", 403, 200), ("producer", 403, 403), ("public", 403, 403),
                ("nobody", 401, 401), ("unavailable", 503, 503), ("eager", 429, 429),
            ] {
                let field = "Authorization: Bearer \(name)\r\n"
                let answer = try await test.get("/staff", fields: field)
                #expect(answer.status == got, "\(name)")
                let other = try await test.ask("POST /staff/7 HTTP/1.1\r\nHost: a\r\n\(field)Content-Length: 0\r\n\r\n")
                #expect(other.status == posted, "\(name)")
            }
            for role in Role.allCases {
                #expect(Role.admin.allows(role) && role.allows(.public) && role.allows(role))
                #expect(role.allows(.admin) == (role == .admin))
            }
        }
    }

    @Test func `handlers and the log learn who it is`() async throws {
        try await TestServer.with(gatekeeper: NamedGate()) { test in
            let answer = try await test.get("/staff", fields: "Authorization: Bearer admin\r\n")
            #expect(answer.body == "secret of admin")
            try await eventually("it is logged") {
                test.log.lines.contains { line in line.fields.contains { $0.name == "key" && $0.value == "id-admin" } }
            }
        }
    }

    @Test func `who is let in hears what is not there`() async throws {
        try await TestServer.with(gatekeeper: NamedGate()) { test in
            let field = "Authorization: Bearer producer\r\n"
            for (target, status) in [("/staff/no/such/thing", 404), ("/staff/1", 405)] {
                let answer = try await test.get(target, fields: field)
                #expect(answer.status == status)
            }
        }
    }

    @Test func `a limit holds for what is public, too`() async throws {
        try await TestServer.with(gatekeeper: NamedGate()) { test in
            let answer = try await test.get("/now", fields: "X-Eager: 1\r\n")
            #expect(answer.status == 429 && answer["retry-after"] == "1")
        }
    }

    @Test func `a body is not read from who is not let in`() async throws {
        try await TestServer.with(gatekeeper: NamedGate()) { test in
            let client = try test.newClient()
            await client.send("POST /staff/7 HTTP/1.1\r\nHost: a\r\nContent-Length: 900\r\n\r\n")
            #expect(try await client.answer()?.status == 401)
            #expect(await client.isClosed())
        }
    }
}
