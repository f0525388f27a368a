import JobTesting
import Jobs
import TestSupport
import Testing

@testable import EmailWorker

/// Mail is not tried while its server is away.
@Suite(.timeLimit(.minutes(1)))
struct BreakerTests {
    private let folder: TestFolder
    private let payload = #"{"to":"ada@school.example","subject":"Hi","text":"Hello"}"#

    init() throws { folder = try TestFolder() }

    private func email(port: Int) throws -> RegisteredJob {
        var settings = EmailSettings()
        settings.from = "School <no-reply@school.example>"
        return try TestJob.email(settings, ["SMTP_URL": "smtp://127.0.0.1:\(port)"], in: folder)
    }

    @Test
    func `while a server is away mail is snoozed, and no attempt is burned`() async throws {
        let port = try ClosedPort()
        let (email, test) = (try email(port: port.number), TestJob())
        for _ in 1...10 {
            let run = await test.run(email, args: payload.utf8)
            #expect(run.outcome.snooze != nil)
        }
        #expect(test.breakers.statuses.map(\.name) == ["smtp:127.0.0.1"])
        #expect(test.breakers.statuses.map(\.state) == [.open])
        for _ in 1...5 {
            let run = await test.run(email, args: payload.utf8)
            #expect(run.outcome.snooze == .seconds(10) && run.error is CircuitOpen)
        }
        withExtendedLifetime(port) {}
    }

    @Test
    func `a server that came back is found by the first mail after ten seconds`() async throws {
        try await SMTPTestServer.with { server in
            let port = try ClosedPort()
            let (away, here, test) = (try email(port: port.number), try email(port: server.port), TestJob())
            for _ in 1...10 { _ = await test.run(away, args: payload.utf8) }
            #expect(await test.run(here, args: payload.utf8).outcome.snooze == .seconds(10))
            test.clock.advance(by: .seconds(10))
            #expect(await test.run(here, args: payload.utf8).outcome.isSuccess)
            #expect(test.breakers.statuses.map(\.state) == [.closed])
            withExtendedLifetime(port) {}
        }
    }

    @Test
    func `refused recipients say nothing against the server`() async throws {
        try await SMTPTestServer.with(["rcpt": "550 5.1.1 No such user"]) { server in
            let (email, test) = (try email(port: server.port), TestJob())
            for _ in 1...12 { #expect(await test.run(email, args: payload.utf8).outcome.burial != nil) }
            #expect(test.breakers.statuses.map(\.state) == [.closed])
        }
    }

    @Test(arguments: [
        (TransportFailure.unavailable("421 Too busy"), true), (.loginRefused("535 No"), false),
        (.exhausted("429", retryAfter: .seconds(1)), false), (.cancelled, false),
    ])
    func `only what the server is to blame for counts`(failure: TransportFailure, counts: Bool) {
        #expect(failure.blamesServer == counts)
    }
}
