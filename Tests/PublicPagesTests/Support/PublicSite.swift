import CertificateRecord
import Database
import EmailWorker
import HTTPServer
import MailRecord
import Platform
import PostgresClient
import PublicPages
import Signing
import TestSupport

/// The public pages on a server of their own, and the tables behind them.
struct PublicSite: Sendable {
    let loop: EventLoop
    let client: PostgresClient
    let mail: MailRecord
    let tokens: UnsubscribeTokens
    private let port: UInt16

    static func with(_ body: (PublicSite) async throws -> Void) async throws {
        try await withPostgres { postgres in
            _ = try await Migrator(postgres.configuration, loop: postgres.loop).migrate()
            let tokens = UnsubscribeTokens(
                keys: [try AuthenticationKey(Array(repeating: 7, count: 32))], validFor: .seconds(86_400))
            let mail = MailRecord(postgres.client)
            let routes =
                CertificatePages(record: CertificateRecord(postgres.client)).routes
                + UnsubscribePages(tokens: tokens, record: mail).routes
            try await serve(routes, on: postgres.loop) { port in
                try await body(
                    PublicSite(
                        loop: postgres.loop, client: postgres.client, mail: mail, tokens: tokens, port: port))
            }
        }
    }

    static func serve(_ routes: [Route], on loop: EventLoop, _ body: (UInt16) async throws -> Void) async throws {
        let options = HTTPServerOptions(host: "127.0.0.1", port: 0)
        let server = try HTTPServer(Router(routes), options, loop: loop, logger: .silent)
        do {
            try await body(server.port)
        } catch {
            await server.stop()
            throw error
        }
        await server.stop()
    }

    func get(_ target: String, fields: [String] = []) async throws -> HTTPAnswer {
        try await HTTPClient.ask("GET", target, fields: fields, port: port)
    }

    func post(_ target: String, fields: [String] = []) async throws -> HTTPAnswer {
        try await HTTPClient.ask("POST", target, fields: fields + ["Content-Length: 0"], port: port)
    }

    /// Adds an issued certificate.
    /// - Returns: its code.
    func add(
        _ details: CertificateDetails, course: String = "engine", state: String = "issued", badge: String? = nil,
        isErased: Bool = false
    ) async throws -> String {
        let code = CertificateCode().text
        _ = try await client.query(
            """
            INSERT INTO coursework.certificates (code, series, number, learner, course, version, state, content, issued_on,
                expires_on, job, file, sha256, bytes, badge, issued_at, revoked_at, reason, erased_at)
            VALUES ($1, 'CW-', CASE WHEN $2 <> 'issuing' THEN (SELECT count(*) + 1 FROM coursework.certificates) END, $1, $3, 1,
                $2, $4::json, $5::date, $6::date, 'job', 'file', $7, 10, $8, CASE WHEN $2 <> 'issuing' THEN now() END,
                CASE WHEN $2 = 'revoked' THEN timestamptz '2026-03-02T12:00:00Z' END, 'a private reason',
                CASE WHEN $9 THEN now() END)
            """,
            [
                .text(code), .text(state), .text(course), .text(try details.json()), .text(details.date),
                .optional(details.expires), .text(String(repeating: "ab", count: 32)), .optional(badge),
                .bool(isErased),
            ])
        return code
    }
}

extension HTTPClient {
    static func ask(_ method: String, _ target: String, fields: [String], port: UInt16) async throws -> HTTPAnswer {
        let client = try HTTPClient(port: port)
        let lines = ["\(method) \(target) HTTP/1.1", "Host: test"] + fields
        await client.send(lines.map { $0 + "\r\n" }.joined() + "\r\n")
        guard let answer = try await client.answer() else { throw TestFailure("closed: \(target)") }
        return answer
    }
}

extension CertificateDetails {
    static func sample(_ name: String = "Ada Lovelace", title: String = "Programming") -> Self {
        CertificateDetails(
            name: name, title: title, issuer: "Analytical Academy", date: "2026-01-02", template: "classic",
            url: "https://learn.example.org/certificates")
    }
}
