import HTTPServer
import Jobs
import Platform
import Signing
import TestSupport
import Testing

@testable import Access

/// Every route for everybody (S-01, S-02), from the table that the router reads.
@Suite("Routes and roles")
struct MatrixTests {
    @Test func `each role is let in where it may, and nowhere else`() async throws {
        let issuer = try Issuer()
        try await Door.with(tokens: { TokenVerifier(Issuer.rules, issuer.source, loop: $0, logger: $1) }) { door in
            for (who, role, credential) in try await Self.visitors(door, issuer) {
                for route in Door.routes {
                    let status = try await door.status(route.method.rawValue, route.target, credential)
                    #expect(status == Self.expected(role, route), "\(who): \(route.method) \(route.pattern)")
                }
            }
        }
    }

    /// Whose role is nil is nobody's.
    private static func visitors(
        _ door: Door, _ issuer: Issuer
    ) async throws -> [(who: String, role: Role?, credential: String?)] {
        let past = Timestamp(milliseconds: WallClock.milliseconds - 1)
        let revoked = try await door.key(.admin)
        _ = try await door.store.revoke(revoked.id)
        var visitors: [(who: String, role: Role?, credential: String?)] = [
            ("nobody", nil, nil), ("nonsense", nil, "x"), ("a key that nobody made", nil, APIKey.generate().text),
            ("expired", nil, try await door.key(.admin, expires: past).text), ("revoked", nil, revoked.text),
            ("another secret", nil, try await door.key(.admin).withAnotherSecret),
            ("an expired token", nil, try issuer.token(["exp": "1700000000", "coursework_role": #""admin""#])),
            ("a foreign token", nil, try issuer.token(["coursework_role": #""admin""#], by: .generate(.rsa))),
            ("a token for nothing", nil, try issuer.token(["coursework_role": nil])),
            ("a token of strangers", nil, try issuer.token(["coursework_role": #""public""#])),
        ]
        for role in [Role.producer, .operator, .admin] {
            visitors.append(("a key", role, try await door.key(role).text))
            visitors.append(("a token", role, try issuer.token(["coursework_role": "\"\(role.rawValue)\""])))
        }
        try await eventually("the keys of tokens are read") {
            try await door.status("GET", "/v1/dead", try issuer.token()) == 403
        }
        return visitors
    }

    /// Written out, and not by `Role.allows`: this is what must hold.
    private static func expected(_ role: Role?, _ route: Route) -> Int {
        let allowed: [Role: Set<Role>] = [
            .producer: [.producer], .operator: [.producer, .operator], .admin: [.producer, .operator, .admin],
        ]
        if route.role == .public { return 200 }
        guard let role else { return 401 }
        return allowed[role]?.contains(route.role) == true ? 200 : 403
    }

    @Test(arguments: Door.routes.filter { $0.role != .public }.map(\.target))
    func `nobody gets in by another spelling, or another place he says to come from`(target: String) async throws {
        try await Door.with { door in
            let spellings = [
                target, "/" + target, target + "/", target.uppercased(), "/." + target, "/%2e" + target,
                "/%2e%2e" + target,
                "/%" + String(target.utf8.dropFirst().first!, radix: 16) + target.dropFirst(2), target + "?key=admin",
                target + "%00", target + "%2F", target + ";admin", target + "/../open", "/open/.." + target,
            ]
            for spelling in spellings {
                for fields in [
                    "", "X-Forwarded-For: 127.0.0.1\r\n", "X-Real-IP: 127.0.0.1\r\nForwarded: for=127.0.0.1\r\n",
                    "X-Original-URL: /open\r\nX-HTTP-Method-Override: OPTIONS\r\n", "Authorization: Basic YWRtaW46\r\n",
                    "Authorization: Bearer\r\n", "Authorization: Bearer \r\n", "Cookie: key=cwk_1\r\n",
                ] {
                    for method in ["GET", "POST", "OPTIONS", "TRACE"] {
                        let answer = try await door.ask(method, spelling, fields: fields)
                        // What begins with another word is nobody's.
                        let refused: Set = spelling.hasPrefix("/open") ? [404, 501] : [401]
                        #expect(refused.contains(answer.status), "\(method) \(spelling) \(fields)")
                        #expect(answer["access-control-allow-origin"] == nil)
                    }
                }
            }
        }
    }

    @Test func `two credentials are none`() async throws {
        try await Door.with { door in
            let key = try await door.key(.admin).text
            let twice = try await door.status("GET", "/metrics", key, fields: "Authorization: Bearer \(key)\r\n")
            let once = try await door.status("GET", "/metrics", key)
            #expect(twice == 401 && once == 200)
        }
    }

    @Test func `a handler is told who it is`() async throws {
        let issuer = try Issuer()
        try await Door.with(tokens: { TokenVerifier(Issuer.rules, issuer.source, loop: $0, logger: $1) }) { door in
            let key = try await door.key(.operator)
            let byKey = try await door.ask("GET", "/v1/dead", key.text)
            #expect(byKey.body == "key \(key.id) test operator")
            try await eventually("the keys of tokens are read") {
                try await door.ask("GET", "/v1/jobs/1", try issuer.token()).body == "token web-tier web-tier producer"
            }
            let open = try await door.ask("GET", "/open", key.text)
            #expect(open.body == "nobody  nobody public")
        }
    }
}

extension APIKey {
    /// The same id with a secret that differs in its last digit alone.
    var withAnotherSecret: String { String(text.dropLast()) + (text.hasSuffix("0") ? "1" : "0") }
}
