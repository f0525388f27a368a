import FoundationEssentials
import JobTesting
import Jobs
import Testing

/// The example in the README.
struct ReceiptTests {
    @Test func `a receipt is sent and counted`() async throws {
        let test = TestJob()
        let run = await test.run(SendReceiptHandler(mail: { _ in }), SendReceipt(orderID: 7))
        #expect(run.outcome.isSuccess && run.log.map(\.message) == ["Receipt sent"])
        #expect(try test.jobs.payloads(of: CountReceipt.self).map(\.orderID) == [7])
    }

    @Test func `a mail server that is away for a minute delays a receipt`() async throws {
        let (test, jobs) = (TestJob(), CapturedJobs())
        let opens = test.clock.now + 60
        var handlers = JobRegistry()
        handlers.register(SendReceiptHandler { _ in if test.clock.now < opens { throw MailServerAway() } })
        handlers.register(CountReceiptHandler())
        try await jobs.enqueue(SendReceipt(orderID: 7))
        let runs = try await jobs.drain(through: handlers, as: test)
        #expect(runs.last?.type == CountReceipt.type && runs.last?.outcome.isSuccess == true)
        #expect(test.clock.now >= opens)
    }

    @Test func `what a receipt's schema takes, a receipt decodes`() throws {
        for args in PayloadSamples(of: SendReceipt.payloadSchema).prefix(100) {
            let job = NewJob(SendReceipt.type, queue: SendReceipt.queue, args: args)
            #expect(try job.payload(as: SendReceipt.self).orderID >= 1)
        }
    }
}

struct CountReceiptHandler: JobHandler {
    func handle(_ job: CountReceipt, context: JobContext) async throws -> Outcome { .success() }
}

struct MailServerAway: Error {}
