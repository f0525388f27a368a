import Dispatch
import Jobs
import TestSupport
import Testing

@testable import EmailWorker

/// Where a server takes commands together, those of a mail go with the text of the one before it over the same connection
/// (RFC 2920): what befalls the one must not be taken for what befalls the other.
@Suite("Mails that go behind one another", .timeLimit(.minutes(1)))
struct PipeliningTests {
    private typealias Result = OutcomeCase.Result

    /// Tells a server's moments apart by the mail that they are about, from 1 on. It says nothing until ``opens``.
    private final class Script: Sendable {
        let opens = DispatchSemaphore(value: 0)
        private let mails = Turns()
        private let act: @Sendable (Int, ScriptedServer.Moment) -> ScriptedServer.Action?

        init(_ act: @escaping @Sendable (Int, ScriptedServer.Moment) -> ScriptedServer.Action?) { self.act = act }

        func action(at moment: ScriptedServer.Moment) -> ScriptedServer.Action? {
            switch moment {
            case .connected:
                opens.wait()
                return nil
            case .mail: return act(mails.next() + 1, moment)
            default: return act(mails.count, moment)
            }
        }
    }

    /// Sends the mails over one connection, which opens when all wait for it.
    ///
    /// It waits for that with the tests of the whole machine around it, and may take long to get its turn.
    private func send(
        _ mails: [OutgoingMail], to server: ScriptedServer, _ script: Script, patience: Duration = .seconds(8),
        meanwhile: (([Task<Delivery, any Error>]) async throws -> Void)? = nil
    ) async throws -> [[Result]] {
        let transport = SMTPTransport.test(
            port: server.port,
            timeouts: SMTPTimeouts(connect: .seconds(50), command: .seconds(50), message: patience))
        var sending: [Task<Delivery, any Error>] = []
        for (number, mail) in mails.enumerated() {
            sending.append(Task { try await transport.send(mail) })
            try await eventually(within: .seconds(50), "the mail waits for the connection") {
                let waitingCount = await transport.waitingCount
                return server.hasCome(to: .connected) && waitingCount == number
            }
        }
        for _ in 1...10 { script.opens.signal() }
        try await meanwhile?(sending)
        var results: [[Result]] = []
        for (task, mail) in zip(sending, mails) {
            switch await task.result {
            case .success(let delivery): results.append(delivery.outcomes.map(Result.init))
            case .failure(let error):
                let failure = try #require(error as? TransportFailure)
                results.append(Array(repeating: Result(failure), count: mail.recipients.count))
            }
        }
        return results
    }

    private func mails(_ count: Int, recipients: Int = 1) throws -> [OutgoingMail] {
        try (1...count).map { try .test(recipients: recipients, text: "Mail \($0)", token: "\($0)-0") }
    }

    @Test
    func `the commands of a mail come with the text of the one before`() async throws {
        // It answers for a mail when it has the next one's first command: without that it would wait for ever.
        let script = Script { mail, moment in moment == .message && mail < 5 ? .sayBehindNext("250 fine") : nil }
        try await ScriptedServer.with(["PIPELINING"], script.action) { server in
            let mails = try mails(5)
            let results = try await send(mails, to: server, script)
            #expect(results == Array(repeating: [.delivered], count: 5))
            #expect(server.mails == mails.map(\.bytes) && server.connectionCount == 1)
        }
    }

    @Test
    func `nothing is said ahead to a server that does not offer it`() async throws {
        let script = Script { _, _ in nil }
        try await ScriptedServer.with(["SIZE"], script.action) { server in
            let mails = try mails(4, recipients: 3)
            let results = try await send(mails, to: server, script)
            #expect(results == Array(repeating: [.delivered, .delivered, .delivered], count: 4))
            #expect(!server.wasToldAhead && server.mails == mails.map(\.bytes))
        }
    }

    @Test(arguments: [
        (ScriptedServer.Action.hangUp, Result.ambiguous), (.sayAndHangUp("250 fine"), .delivered),
        (.sayAndHangUp("421 4.3.0 bye"), .unavailable), (.sayAndHangUp("554 5.7.1 spam"), .park),
        (.sayAndHangUp("250 fine\r\n421 4.4.2 bye"), .delivered), (.send(Array("nonsense\r\n".utf8)), .ambiguous),
        (.sayAndFreeze("250-hold on"), .ambiguous),
    ])
    func `a connection that ends between two mails says nothing of the second`(
        action: ScriptedServer.Action, first: OutcomeCase.Result
    ) async throws {
        let script = Script { mail, moment in mail == 1 && moment == .message ? action : nil }
        try await ScriptedServer.with(["PIPELINING"], script.action) { server in
            let mails = try mails(2)
            let results = try await send(mails, to: server, script, patience: .seconds(1))
            #expect(results == [[first], [.delivered]])
            // Over a new connection, and once.
            #expect(server.mails == mails.map(\.bytes) && server.connectionCount == 2)
        }
    }

    @Test
    func `a mail that was said ahead and not taken is not sent`() async throws {
        let script = Script { mail, moment in mail == 2 && moment == .data ? .sayAndFreeze("354 go on") : nil }
        try await ScriptedServer.with(["PIPELINING"], script.action) { server in
            let large = try OutgoingMail.test(text: String(repeating: "x", count: 9 << 20), token: "2-0")
            let results = try await send(try mails(1) + [large], to: server, script, patience: .seconds(1))
            #expect(results == [[.delivered], [.unavailable]] && server.mails.count == 1)
        }
    }

    @Test(arguments: ["354 go on", "554 5.5.1 no valid recipients", "503 5.5.1 RCPT first"])
    func `a mail that nobody wants is ended as its server wants, and others go on`(data: String) async throws {
        let script = Script { mail, moment in
            guard mail == 2 else { return nil }
            return moment == .recipient(1) ? .say("550 5.1.1 unknown") : moment == .data ? .say(data) : nil
        }
        try await ScriptedServer.with(["PIPELINING"], script.action) { server in
            let results = try await send(try mails(4), to: server, script)
            #expect(results == [[.delivered], [.suppress], [.delivered], [.delivered]])
            let isTaken = data.hasPrefix("354")
            #expect(server.mails.map(\.isEmpty) == (isTaken ? [false, true, false, false] : [false, false, false]))
            #expect(server.commands.count { $0 == "RSET" } == (isTaken ? 0 : 1) && server.connectionCount == 1)
        }
    }

    @Test
    func `each recipient of each mail has an answer of its own`() async throws {
        let script = Script { mail, moment in
            moment == .recipient(mail) ? .say("550 5.1.1 unknown") : nil
        }
        try await ScriptedServer.with(["PIPELINING"], script.action) { server in
            let results = try await send(try mails(3, recipients: 3), to: server, script)
            #expect(
                results == [
                    [.suppress, .delivered, .delivered], [.delivered, .suppress, .delivered],
                    [.delivered, .delivered, .suppress],
                ])
            #expect(server.connectionCount == 1)
        }
    }

    @Test
    func `a mail that is cancelled when it was said ahead is not sent`() async throws {
        let goesOn = DispatchSemaphore(value: 0)
        let script = Script { mail, moment in
            guard mail == 1, moment == .message else { return nil }
            goesOn.wait()
            // The answers to what was said ahead come along with this one.
            return .say("250 fine\r\n250 fine\r\n250 fine\r\n354 go on")
        }
        try await ScriptedServer.with(["PIPELINING"], script.action) { server in
            let mails = try mails(3)
            let results = try await send(mails, to: server, script) { sending in
                try await eventually(within: .seconds(50), "the server has the first mail") {
                    server.hasCome(to: .message)
                }
                sending[1].cancel()
                _ = await sending[1].result
                goesOn.signal()
            }
            #expect(results[0] == [.delivered] && results[2] == [.delivered])
            #expect(server.mails == [mails[0].bytes, mails[2].bytes] && server.connectionCount == 2)
        }
    }

    @Test
    func `a connection carries no more mails than it may, said ahead or not`() async throws {
        try await ScriptedServer.with(script: .quit, .sayAndHangUp("221 bye")) { server in
            let transport = SMTPTransport.test(port: server.port, mailsPerConnection: 3)
            try await withThrowingTaskGroup { group in
                for mail in try mails(10) { group.addTask { _ = try await transport.send(mail) } }
                try await group.waitForAll()
            }
            #expect(server.connectionCount == 4 && server.mails.count == 10)
        }
    }
}
