import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("keys", .inTurns)
struct KeysTests {
    private struct Made: Decodable {
        let id: String
        let name: String
        let role: String
        let expires: String?
        let key: String
    }

    private struct Listed: Decodable {
        let id: String
        let name: String
        let role: String
        let createdBy: String
        let expires: String?
        let expired: Bool
        let lastUsed: String?
    }

    @Test func `a key is shown once, listed without its secret, and revoked`() async throws {
        try await Site.with { site in
            let made = try await site.run("keys", "create", "web-1", "--role", "producer")
            #expect(made.exit == .code(0), "\(made)")
            let key = made.output.trimmingCharacters(in: .newlines)
            let id = String(try #require(key.wholeMatch(of: #/cwk_([0-9a-f]{12})_[0-9a-f]{64}/#)?.1))
            #expect(
                made.errors == "The key \(id) of web-1 holds as producer until it is revoked. It is not shown again.\n")
            let other: Made = try await site.json(
                "keys", "create", "night", "--role", "admin", "--expire", "1d", "--json")
            #expect(other.name == "night" && other.role == "admin" && other.expires != nil)
            let table = try await site.run("keys", "list")
            #expect(
                table.output.contains(id) && !table.output.contains(key.suffix(64)) && table.output.contains("night"))
            let listed: [Listed] = try await site.json("keys", "list", "--json")
            #expect(listed.map(\.id) == [id, other.id] && listed.map(\.expired) == [false, false])
            let kept = try await site.redis("HGETALL", "cw:keys")
            #expect(kept.contains(id) && !kept.contains(key.suffix(64)) && !kept.contains(other.key.suffix(64)))
            let revoked = try await site.run("keys", "revoke", id)
            #expect(
                revoked.exit == .code(0) && revoked.output.hasPrefix("The key \(id) of web-1 is revoked"), "\(revoked)")
            let again = try await site.run("keys", "revoke", id)
            #expect(again.exit == .code(1) && again.errors == "coursework: There is no key with the id \(id).\n")
            // By the whole key as well.
            let whole = try await site.run("keys", "revoke", other.key)
            #expect(whole.exit == .code(0) && !whole.output.contains(other.key))
            let none = try await site.run("keys", "list")
            #expect(none.output == "There are no keys: coursework keys create NAME --role producer.\n")
        }
    }

    @Test(arguments: [
        ["keys"], ["keys", "make"], ["keys", "create", "--role", "admin"], ["keys", "create", "web"],
        ["keys", "create", "web", "--role", "public"], ["keys", "create", "web", "--role", "root"],
        ["keys", "create", "a b", "--role", "admin"], ["keys", "create", "web", "--role", "admin", "--expire", "soon"],
        ["keys", "create", "web", "--role", "admin", "--expire", "0s"], ["keys", "revoke"], ["keys", "list", "x"],
    ])
    func `what makes no sense is refused, and nothing is made`(words: [String]) async throws {
        try await Site.with(redis: nil) { site in
            let refused = try await site.run(program: Product.command, words)
            #expect(refused.exit == .code(64), "\(refused)")
        }
    }

    /// Every route of the program for everybody, from the table that `serve --help` prints, which is the routes themselves.
    @Test func `every route lets in whom the table names, and nobody else`() async throws {
        let folder = try TemporaryFolder()
        let tokens = try await Self.tokens(folder)
        let configuration = """
            {
                queues: ["default"], pools: { main: { queues: ["default"] } },
                server: {
                    rateLimit: { key: null, address: null, failures: null },
                    jwt: {
                        issuer: "https://login.example.org", audience: "coursework", roleClaim: "role",
                        jwksFile: "\(folder.file("jwks.json"))",
                    },
                },
            }
            """
        try await Site.with(configuration) { site in
            var visitors: [(role: String?, key: String?)] = [(nil, nil), (nil, "cwk_x"), (nil, "a.b.c")] + tokens
            for role in ["producer", "operator", "admin"] {
                let made: Made = try await site.json("keys", "create", role, "--role", role, "--json")
                visitors.append((role, made.key))
                let revoked: Made = try await site.json("keys", "create", "gone", "--role", role, "--json")
                _ = try await site.run("keys", "revoke", revoked.id)
                visitors.append((nil, revoked.key))
            }
            let routes = try await site.documentedRoutes()
            #expect(routes.contains { $0.path == "/livez" && $0.role == "public" })
            let (_, url) = try await site.startServer()
            let port = try #require(url.split(separator: ":").last.flatMap { UInt16($0) })
            for route in routes {
                for visitor in visitors {
                    let status = try await HTTPAnswer.status(route.method, route.path, of: port, visitor.key)
                    let expected = Self.signed.contains(route.path) ? [401] : Self.expectation(route.role, visitor.role)
                    #expect(expected.contains(status), "\(route) for \(visitor.role ?? "nobody"): \(status)")
                }
            }
        }
    }

    /// Made by somebody else's program, with the keys of their issuer beside them.
    private static func tokens(_ folder: TemporaryFolder) async throws -> [(role: String?, key: String?)] {
        try await Tool.openssl.run("genrsa", "-out", folder.file("key.pem"), "2048")
        let script = """
            import json, sys, time
            from jwcrypto import jwk, jwt
            key = jwk.JWK.from_pem(open(sys.argv[1], "rb").read())
            public = json.loads(key.export_public()); public.update(kid="one", use="sig", alg="RS256")
            open(sys.argv[2], "w").write(json.dumps({"keys": [public]}))
            now = int(time.time())
            for role in ["producer", "operator", "admin"]:
                for audience, end in [("coursework", now + 300), ("other", now + 300), ("coursework", now - 300)]:
                    token = jwt.JWT(header={"alg": "RS256", "kid": "one", "typ": "JWT"}, claims={
                        "iss": "https://login.example.org", "aud": audience, "sub": "web", "exp": end, "role": role})
                    token.make_signed_token(key)
                    print(role if audience == "coursework" and end > now else "-", token.serialize())
            """
        let output = try await Tool.python.run("-c", script, folder.file("key.pem"), folder.file("jwks.json"))
        return String(decoding: output, as: UTF8.self).split(separator: "\n").map { line in
            let words = line.split(separator: " ").map(String.init)
            return (words[0] == "-" ? nil : words[0], words[1])
        }
    }

    /// A signature of the body is what lets in here, and no key does.
    private static let signed = ["/v1/mail/events/sendgrid"]

    /// What may be answered: with a role that is enough anything but 401 and 403.
    private static func expectation(_ role: String, _ visitor: String?) -> Set<Int> {
        let order = ["public", "producer", "operator", "admin"]
        let enough = Set(200...599).subtracting([401, 403])
        if role == "public" { return enough }
        guard let visitor else { return [401] }
        return order.firstIndex(of: visitor)! >= order.firstIndex(of: role)! ? enough : [403]
    }

    @Test func `a server speaks TLS by itself, or says why not`() async throws {
        let folder = try TemporaryFolder()
        try await Tool.openssl.run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj",
            "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder.file("key.pem"), "-out",
            folder.file("certificate.pem"))
        func configuration(_ key: String) -> String {
            """
            {
                queues: ["default"], pools: { main: { queues: ["default"] } },
                server: { tls: { certificateFile: "\(folder.file("certificate.pem"))", keyFile: "\(folder.file(key))" } },
            }
            """
        }
        try await Site.with(configuration("key.pem"), redis: nil) { site in
            let (_, url) = try await site.startServer()
            let answer = try await site.run(
                program: "curl",
                ["-sS", "--cacert", folder.file("certificate.pem"), url.replacing("http:", with: "https:") + "/livez"])
            #expect(answer.output == #"{"status":"live"}"#, "\(answer)")
        }
        for (key, words) in [("none.pem", "cannot be read"), ("certificate.pem", "TLS cannot be spoken")] {
            try await Site.with(configuration(key), redis: nil) { site in
                let refused = try await site.run("serve", "--listen", "127.0.0.1:0")
                #expect(refused.exit == .code(78) && refused.errors.contains(words), "\(refused)")
            }
        }
    }
}

extension Site {
    fileprivate func json<Value: Decodable>(_ words: String...) async throws -> Value {
        let finished = try await run(program: Product.command, words)
        guard finished.exit == .code(0) else { throw TestFailure("\(words): \(finished)") }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(Value.self, from: Data(finished.output.utf8))
    }

    fileprivate func startServer() async throws -> (Program, url: String) {
        let server = try await start("serve", "--listen", "127.0.0.1:0")
        let line = try await server.errors.first(containing: "server ready")
        guard let address = line.firstMatch(of: #/"listen":"([^"]+)"/#)?.1 else { throw TestFailure(line) }
        return (server, "http://\(address)")
    }

    /// The routes as `serve --help` prints them, with 1 for each parameter.
    fileprivate func documentedRoutes() async throws -> [(method: String, path: String, role: String)] {
        var role = ""
        var routes: [(method: String, path: String, role: String)] = []
        for line in try await run("serve", "--help").output.split(separator: "\n") {
            if line == "For everybody:" { role = "public" }
            if let title = line.firstMatch(of: #/^For the role ([a-z]+)/#) { role = String(title.1) }
            if let row = line.firstMatch(of: #/^  ([A-Z]+) (\/[^ ]*) /#) {
                routes.append((String(row.1), String(row.2.replacing(#/\{[a-z]+\}/#, with: "1")), role))
            }
        }
        return routes
    }
}

extension HTTPAnswer {
    /// What a server answers on a connection of its own: programs that ask would take longer than all the answers.
    fileprivate static func status(
        _ method: String, _ path: String, of port: UInt16, _ credential: String?
    ) async throws -> Int {
        let client = try HTTPClient(port: port)
        let field = credential.map { "Authorization: Bearer \($0)\r\n" } ?? ""
        await client.send("\(method) \(path) HTTP/1.1\r\nHost: a\r\n\(field)Content-Length: 0\r\n\r\n")
        guard let answer = try await client.answer() else { throw TestFailure("closed: \(method) \(path)") }
        return answer.status
    }
}
