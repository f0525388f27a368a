import JobTesting
import Jobs
import Testing

@testable import EmailWorker

/// Whatever a mail server says or does, each recipient comes to what the table of outcomes says: with commands sent one
/// by one, and together.
@Suite("What a mail server may answer", .timeLimit(.minutes(2)))
struct OutcomeTableTests {
    private static let transfers = [["PIPELINING"], []]

    private func results(_ outcome: OutcomeCase, _ capabilities: [String]) async throws -> [OutcomeCase.Result] {
        try await ScriptedServer.with(capabilities, script: outcome.moment, outcome.action) { server in
            let mail = try OutgoingMail.test(recipients: outcome.recipients)
            do throws(TransportFailure) {
                return try await SMTPTransport.test(port: server.port).send(mail).outcomes
                    .map(OutcomeCase.Result.init)
            } catch {
                return Array(repeating: OutcomeCase.Result(error), count: outcome.recipients)
            }
        }
    }

    @Test(arguments: OutcomeCase.replies + OutcomeCase.rudeness, transfers)
    func `a recipient comes to what the table says`(outcome: OutcomeCase, capabilities: [String]) async throws {
        let results = try await results(outcome, capabilities)
        #expect(results == Array(repeating: outcome.result, count: outcome.recipients))
    }

    @Test(arguments: OutcomeCase.oneOfTwenty, transfers)
    func `one of twenty comes to what the table says, and the others get the mail`(
        outcome: OutcomeCase, capabilities: [String]
    ) async throws {
        let results = try await results(outcome, capabilities)
        #expect(results == [outcome.result] + Array(repeating: .delivered, count: 19))
    }

    @Test(arguments: OutcomeCase.replies + OutcomeCase.rudeness)
    func `a job burns one attempt at most, and none when the server is to blame`(outcome: OutcomeCase) async throws {
        let folder = try TestFolder()
        try await ScriptedServer.with(script: outcome.moment, outcome.action) { server in
            let handler = try SendEmailHandler.test(SMTPTransport.test(port: server.port), folder: folder)
            let recipients = (1...outcome.recipients).map { "a\($0)@school.example" }
            let run = await TestJob().run(
                handler, SendEmail(to: Recipients(addresses: recipients), subject: "Hi", text: "Hello"))
            switch outcome.result {
            case .delivered: #expect(run.outcome.isSuccess)
            case .suppress, .park: #expect(run.outcome.burial?.contains("The mail server answered") == true)
            case .ambiguous: #expect(run.outcome.retryReason?.contains("may have been delivered") == true)
            case .retry: #expect(run.outcome.told == .some(nil))
            case .retryLater(let seconds): #expect(run.outcome.told == .seconds(max(60, seconds)))
            case .unavailable: #expect(run.outcome.snooze.map { $0 >= .seconds(1) && $0 <= .seconds(10) } == true)
            case .loginRefused: #expect(run.outcome.snooze != nil)
            }
            #expect(run.hasPausedType == (outcome.result == .loginRefused))
        }
    }
}

extension Outcome {
    /// What a retry was told to wait at least; nil when it is none.
    fileprivate var told: Duration?? { if case .retry(_, let after) = self { .some(after) } else { nil } }
}
