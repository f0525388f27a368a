import Foundation
import JobQueue
import Jobs
import Mutants
import ProgramSupport
import TestSupport
import Testing

/// A thousand clients say the same at the same moment, under one key, and some of them something else: one job, and whoever
/// said something else is told so.
@Suite("S-07 idempotent enqueue", .inTurns(limit: .seconds(200)))
struct S07IdempotentEnqueue {
    @Test func `one key is one job, however many ask at once`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `without a look at the key, it is many`() async throws {
        try await run(.short, mutant: "an idempotency key is not looked at").mustFail(
            without: "a look at the key", showing: "jobs for one key")
    }

    @Test func `without a look at what it stands for, another request is dropped silently`() async throws {
        try await run(.short, mutant: "a key that stands for another request is not noticed").mustFail(
            without: "a look at the request", showing: "was told that it is stored")
    }

    private func run(_ form: Form, mutant: String? = nil) async throws -> Verdict {
        var verdict = Verdict("S-07 idempotent enqueue")
        try await Stage.with { stage in
            try await stage.load(mutant: mutant)
            let door = try await Door(stage)
            for round in 1...form(short: 2, full: 20) {
                let answers = try await door.ask(1000, under: "key-\(round)")
                let stored = Set(answers.filter { $0.status == 202 || $0.status == 200 }.map(\.id))
                verdict.expect(stored.count == 1, "there are \(stored.count) jobs for one key")
                verdict.expect(
                    answers.allSatisfy { [200, 202, 422].contains($0.status) },
                    "an answer was none of 200, 202 and 422: \(Set(answers.map(\.status)))")
                let told = Set(answers.filter { $0.status != 422 }.map(\.body))
                verdict.expect(
                    told.count == 1, "a job that is not the one of its key was told that it is stored")
                let left = try await stage.redis.call("PTTL", "cw:{default}:once:key-\(round)").integer ?? 0
                verdict.expect(left > 86_000_000, "the key is forgotten within \(left) ms")
            }
            let waiting = try await JobQueue(.default, client: stage.redis).statistics().ready
            verdict.expect(
                mutant != nil || waiting == form(short: 2, full: 20), "\(waiting) jobs wait, and not one for each key")
            verdict.add("requests", 1000 * form(short: 2, full: 20))
        }
        return verdict
    }
}

/// `coursework serve`, and a key to it.
private struct Door {
    struct Answer: Sendable {
        let body: Int
        let status: Int
        let id: String
    }

    private let port: UInt16
    private let key: String

    init(_ stage: Stage) async throws {
        let made = try await stage.site.run("keys", "create", "web", "--role", "producer")
        key = made.output.trimmingCharacters(in: .newlines)
        let server = try await stage.start("serve", ["--listen", "127.0.0.1:0"])
        let line = try await server.errors.first(containing: "server ready")
        guard let port = line.firstMatch(of: #/"listen":"[^"]+:(\d+)"/#).flatMap({ UInt16($0.1) }) else {
            throw TestFailure(line)
        }
        self.port = port
    }

    /// Every tenth request is another one.
    func ask(_ count: Int, under key: String) async throws -> [Answer] {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            for number in 0..<count { group.addTask { try await ask(under: key, body: number % 10 == 0 ? 1 : 0) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    private func ask(under idempotencyKey: String, body number: Int) async throws -> Answer {
        let client = try HTTPClient(port: port)
        let body = #"{"type":"diagnostics.sleep","args":{"seconds":\#(number)}}"#
        await client.send(
            """
            POST /v1/jobs HTTP/1.1\r\nHost: t\r\nAuthorization: Bearer \(key)\r\nIdempotency-Key: \(idempotencyKey)\r
            Content-Length: \(body.utf8.count)\r\n\r\n\(body)
            """)
        guard let answer = try await client.answer() else { throw TestFailure("The server closed the connection.") }
        let id = answer.body.firstMatch(of: #/"id":"([^"]+)"/#).map { String($0.1) }
        return Answer(body: number, status: answer.status, id: id ?? "")
    }
}
