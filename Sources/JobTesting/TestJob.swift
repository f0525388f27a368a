public import Jobs
internal import Logging

/// Runs a handler as a worker would, without a worker or a server:
///
///     let run = await TestJob.run(SendReceiptHandler(mail: outbox), SendReceipt(orderID: 7))
///     #expect(run.outcome.isSuccess)
///
/// The payload goes through JSON, so that what a producer's payload would come to is what the handler gets. Cancelling
/// the task is what a deadline does: the handler is cancelled, and what it registered to be killed is killed.
public struct TestJob: Sendable {
    /// 1 for the first attempt.
    public var attempt = 1
    /// Nil makes it the job `1731999999999-0` of its type's queue.
    public var id: JobID?
    public var traceparent: String?
    /// The fire time of the schedule that enqueued it, in milliseconds since 1970; nil when no schedule did.
    public var scheduledForMilliseconds: Int?
    /// What an earlier run saved last, as JSON.
    public var checkpoint: [UInt8]?
    /// What the job before it in its chain left.
    public var input: JobResult?
    /// The batch of which it is a member; what it adds stands in ``jobs``.
    public var batch: BatchID?
    /// What a callback is told of its batch.
    public var batchSummary: BatchSummary?
    /// What the handler is told of batches; of others, how far the members are that were enqueued and drained in ``jobs``.
    public var batchProgress: [BatchID: BatchProgress] = [:]
    /// Those that do not wait or run any more; all others do that were not drained in ``jobs``.
    public var endedJobs: Set<JobID> = []
    /// The results that members of the batch left.
    public var batchResults: [JobID: JobResult] = [:]
    /// Another worker has the job: the handler's questions whether it still holds it say no.
    public var isTakenAway = false
    /// A person has cancelled it. The handler sees that when its task is cancelled too.
    public var isCancelledForGood = false
    public var clock = TestClock()
    /// Shared by all runs of this value.
    public var breakers: CircuitBreakers
    /// Where the jobs go that the handler enqueues.
    public var jobs = CapturedJobs()

    public init(attempt: Int = 1, id: JobID? = nil) {
        self.attempt = attempt
        self.id = id
        breakers = CircuitBreakers(clock: clock)
    }

    /// Runs a handler with a payload, as the first attempt.
    public static func run<Handler: JobHandler>(_ handler: Handler, _ payload: Handler.Payload) async -> TestRun {
        await TestJob().run(handler, payload)
    }

    public func run<Handler: JobHandler>(_ handler: Handler, _ payload: Handler.Payload) async -> TestRun {
        var registry = JobRegistry()
        registry.register(handler)
        do {
            return await run(registry[Handler.Payload.type]!, args: try NewJob(payload).args)
        } catch {
            preconditionFailure("the payload cannot be written as JSON: \(error)")
        }
    }

    /// Runs a registered job with a payload in JSON, as it comes out of a queue.
    public func run(_ job: RegisteredJob, args: some Collection<UInt8>) async -> TestRun {
        let id = self.id ?? JobID(queue: job.queue, token: "1731999999999-0")!
        let running = RunningTestJob(self, job, id: id)
        let (outcome, error) = await withTaskCancellationHandler {
            await end(of: job, Array(args), running)
        } onCancel: {
            running.killAll()
        }
        return running.run(outcome: outcome, error: error, attempt: attempt)
    }

    /// What the worker would make of how the handler ends.
    private func end(
        of job: RegisteredJob, _ args: [UInt8], _ running: RunningTestJob
    ) async -> (Outcome, (any Error)?) {
        do {
            return (try await job.run(args[...], JobContext(attempt: attempt, running: running)), nil)
        } catch let error as UndecodablePayload {
            return (.bury(reason: error.description), error)
        } catch let error as CircuitOpen {
            return (.snooze(error.retryAfter), error)
        } catch {
            let told = (error as? any RetryAfterError)?.retryAfter
            return (job.outcome(error, attempt) ?? .retry(error, after: told), error)
        }
    }
}
