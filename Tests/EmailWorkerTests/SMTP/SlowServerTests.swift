import JobTesting
import Jobs
import Platform
import TestSupport
import Testing

@testable import EmailWorker

/// A server that takes its time holds up no slot for longer than it may (H-02).
@Suite("A mail server that is slow", .timeLimit(.minutes(1)))
struct SlowServerTests {
    /// What never comes to an end within a test.
    private static let crawl = ScriptedServer.Action.drip(
        Array(repeating: UInt8(ascii: "2"), count: 400), every: .seconds(1))

    private func transport(_ server: ScriptedServer, connect: Duration = .seconds(5)) -> SMTPTransport {
        .test(
            port: server.port,
            timeouts: SMTPTimeouts(connect: connect, command: .milliseconds(700), message: .milliseconds(700)))
    }

    @Test(
        arguments: [ScriptedServer.Moment.connected, .hello, .mail, .recipient(1), .data],
        [ScriptedServer.Action.silence, crawl])
    func `one that does not answer is given up, and no attempt is burnt`(
        moment: ScriptedServer.Moment, action: ScriptedServer.Action
    ) async throws {
        try await ScriptedServer.with([], script: moment, action) { server in
            let failure = await #expect(throws: TransportFailure.self) {
                try await transport(server).send(.test())
            }
            #expect(failure?.blamesServer == true)
            #expect(failure?.description.contains("did not answer in time") == true)
        }
    }

    @Test(arguments: [ScriptedServer.Action.silence, crawl])
    func `one that has the mail and does not answer leaves it ambiguous`(action: ScriptedServer.Action) async throws {
        try await ScriptedServer.with(script: .message, action) { server in
            let delivery = try await transport(server).send(.test())
            #expect(delivery.isUnanswered)
            #expect(server.mails.count == 1)
        }
    }

    @Test
    func `one that does not take the mail has not got it`() async throws {
        try await ScriptedServer.with(script: .data, .sayAndFreeze("354 go on")) { server in
            let failure = await #expect(throws: TransportFailure.self) {
                try await transport(server).send(.test(text: String(repeating: "x", count: 9 << 20)))
            }
            #expect(failure?.blamesServer == true)
            #expect(server.mails.isEmpty)
        }
    }

    @Test
    func `one that does not take the connection is given up`() async throws {
        let port = try FullPort()
        let transport = SMTPTransport.test(
            port: port.number, timeouts: SMTPTimeouts(connect: .milliseconds(500), command: .seconds(30)))
        let failure = await #expect(throws: TransportFailure.self) { try await transport.send(.test()) }
        #expect(failure?.description.contains("the connection was not made in time") == true)
        withExtendedLifetime(port) {}
    }

    @Test(arguments: [ScriptedServer.Moment.connected, .mail, .message])
    func `a job that must stop does not wait for it`(moment: ScriptedServer.Moment) async throws {
        try await ScriptedServer.with([], script: moment, .silence) { server in
            let transport = SMTPTransport.test(port: server.port, timeouts: SMTPTimeouts())
            let sending = Task { try await transport.send(.test()) }
            try await eventually(within: .seconds(50), "the server is told so much") { server.hasCome(to: moment) }
            sending.cancel()
            switch await sending.result {
            case .success(let delivery): #expect(moment == .message && delivery.isUnanswered)
            case .failure(let failure): #expect(moment != .message && failure as? TransportFailure == .cancelled)
            }
        }
    }

    @Test
    func `a mail that waits for a connection stops waiting when its job must stop`() async throws {
        try await ScriptedServer.with([], script: .mail, .silence) { server in
            let transport = SMTPTransport.test(port: server.port, timeouts: SMTPTimeouts())
            let first = Task { try await transport.send(.test()) }
            try await eventually(within: .seconds(50), "the server has a mail") { server.hasCome(to: .mail) }
            let second = Task { try await transport.send(.test()) }
            second.cancel()
            await #expect(throws: TransportFailure.cancelled) { try await second.value }
            first.cancel()
            _ = await first.result
        }
    }

    @Test
    func `one that stalls holds up few slots, and no attempt is burnt`() async throws {
        let folder = try TestFolder()
        let job = SendEmail(to: Recipients(addresses: ["ada@school.example"]), subject: "Hi", text: "Hello")
        try await ScriptedServer.with([], script: .mail, .silence) { server in
            let transport = SMTPTransport(
                server: SMTPServer(host: "127.0.0.1", port: server.port, security: .none), connections: 3,
                patience: .milliseconds(200))
            let (handler, test) = (try SendEmailHandler.test(transport, folder: folder), TestJob())
            let outcomes = await withTaskGroup(of: Outcome?.self) { group in
                for _ in 1...20 { group.addTask { await test.run(handler, job).outcome } }
                var outcomes: [Outcome] = []
                while outcomes.count < 14, let outcome = await group.next() { outcomes += outcome.map { [$0] } ?? [] }
                group.cancelAll()
                return outcomes
            }
            // On each of three connections there is one, and another one behind it.
            #expect(outcomes.allSatisfy { $0.snooze != nil })
            #expect(
                await test.run(handler, job).outcome.snooze.map { $0 <= .seconds(11) } == true, "it is not even asked")
        }
    }
}
