public import Jobs

extension CapturedJobs {
    /// More runs than a test means: a job that enqueues itself, or snoozes for ever.
    public struct EndlessDrain: Error, CustomStringConvertible {
        public let runs: Int

        public var description: String { "After \(runs) runs there are still jobs; the last ones enqueue or snooze." }
    }

    /// Runs what was enqueued, and what that enqueues, until nothing is left: the earliest first. Jobs that fail are tried
    /// again as their policy allows; nobody waits, for the clock is moved to when each is due.
    /// - Parameters:
    ///   - handlers: those of all types that are enqueued.
    ///   - jobs: how each is run; its attempt and its token are set here.
    ///   - limit: how many runs are too many.
    /// - Returns: every run, in their order.
    @discardableResult
    public func drain(
        through handlers: JobRegistry, as test: TestJob = TestJob(), limit: Int = 1000
    ) async throws -> [TestRun] {
        var runs: [TestRun] = []
        var agenda = Agenda()
        var test = test
        test.jobs = self
        while true {
            for captured in takeAll() { agenda.add(captured, at: test.clock.instant) }
            guard let next = agenda.popFirst() else { return runs }
            guard runs.count < limit else { throw EndlessDrain(runs: limit) }
            test.clock.advance(by: max(.zero, test.clock.instant.duration(to: next.due)))
            guard let handler = handlers[next.job.job.type] else { throw NoHandler(type: next.job.job.type) }
            test.id = next.job.id
            test.attempt = next.attempt
            test.checkpoint = next.checkpoint
            let run = await test.run(handler, args: next.job.job.args)
            runs.append(run)
            if let end = agenda.follow(run, of: next, handler, at: test.clock.instant) { note(end, of: next.job.id) }
        }
    }

    /// A job was enqueued that none of the handlers given can run.
    public struct NoHandler: Error, CustomStringConvertible {
        public let type: JobType

        public var description: String { "No handler for '\(type)' was given; register it to drain." }
    }
}

/// What is to be run, and when.
private struct Agenda {
    struct Item {
        let job: CapturedJobs.Captured
        let enqueued: ContinuousClock.Instant
        var attempt = 1
        var checkpoint: [UInt8]?
        var due: ContinuousClock.Instant
    }

    private var items: [Item] = []

    mutating func add(_ job: CapturedJobs.Captured, at now: ContinuousClock.Instant) {
        items.append(Item(job: job, enqueued: now, due: now + max(.zero, job.job.delay)))
    }

    mutating func popFirst() -> Item? {
        guard let first = items.indices.min(by: { items[$0].due < items[$1].due }) else { return nil }
        return items.remove(at: first)
    }

    /// Notes when a job comes back.
    /// - Returns: how it ended; nil when it comes back.
    mutating func follow(
        _ run: TestRun, of item: Item, _ handler: RegisteredJob, at now: ContinuousClock.Instant
    ) -> CapturedJobs.End? {
        var again = item
        again.checkpoint = run.checkpoints.last ?? item.checkpoint
        switch run.outcome {
        case .success: return .done
        case .discard: return .other
        case .bury: return .dead
        case .snooze(let wait): again.due = now + max(.zero, wait)
        case .retry(_, let told):
            let policy = handler.retryPolicy
            guard policy.allowsRetry(afterFailures: item.attempt) else { return .dead }
            var random = SystemRandomNumberGenerator()
            again.attempt += 1
            again.due = now + policy.delay(afterFailures: item.attempt, told: told, using: &random)
            if let limit = policy.retryFor, again.due > item.enqueued + limit { return .dead }
        }
        items.append(again)
        return nil
    }
}
