public import JobQueue
public import Jobs
public import Logging
public import Platform
internal import RedisClient
internal import Synchronization

/// One worker process's engine: claims jobs, runs them in its slots, tells Redis how they ended, keeps their leases,
/// and hands back what it cannot finish.
///
///     claim ──▶ slots ──▶ ended ──▶ Redis      (Worker+claiming, SlotPool, Worker+recording)
///       ▲                                       renew, promote, rescue, deadlines: Worker+duties
///
/// The actor lives on the event loop, apart from the threads that run handlers: leases are renewed while every one of
/// those is busy.
public actor Worker {
    public nonisolated let id: WorkerID
    public nonisolated let logger: Logger
    nonisolated let options: WorkerOptions
    nonisolated let registry: JobRegistry
    nonisolated let loop: EventLoop
    nonisolated let clock = ServerClock()
    nonisolated let runner: JobRunner
    nonisolated let ended = EndedJobs()
    nonisolated let drainRequest = DrainRequest()
    /// Makes what runs a solo worker in a process of its own; nil when this worker cannot start one.
    nonisolated let makeSolo: (@Sendable () -> Supervisor)?

    nonisolated let breakers: CircuitBreakers

    let begun = MonotonicTime.now
    /// When all duties fell together, or would have.
    let beatBegan = MonotonicTime.now - .milliseconds(Int.random(in: 0..<60_000))
    let client: RedisClient
    nonisolated let claimer: JobClaimer
    nonisolated let urgentClaimer: JobClaimer
    /// Never waits at Redis.
    let promptClaimer: JobClaimer
    let queues: [JobQueue]
    var order: ClaimOrder
    var held = HeldJobs()
    /// What it has counted since Redis was last told.
    var tally: JobTally
    /// When each duty last succeeded.
    var dutySuccesses: [Duty.Work: MonotonicTime] = [:]
    var pool: SlotPool!
    /// More was found than there was room for: the queues are asked in order, without waiting at Redis.
    var hasBacklog = true
    var backlogWaiter: Promise<Void>?
    /// Calls under way that tell Redis of completed jobs, and who waits for one to end.
    var completing = 0
    var completionWaiter: Promise<Void>?
    /// Queues to which this worker handed jobs back since it last renewed all that it holds of them.
    var unsure: Set<Int> = []
    /// How many calls it has sent that hand jobs back, of each queue.
    var handings: [Int]
    /// Queues from which this worker carries things over to others now, and whether there is more since it began.
    var carrying: [QueueName: Bool] = [:]
    /// Runs a solo worker now.
    var solo: Supervisor?
    /// Who waits until this worker holds nothing.
    var lastJobWaiter: Promise<Void>?
    /// Why the worker stops by itself.
    private(set) var failure: (any Error)?
    /// Queues whose key holds something that is no stream, and when to look again.
    var broken: [Int: MonotonicTime] = [:]
    /// What people asked of each queue.
    var controls: [QueueControl]
    /// When the promotion that was asked for soonest is due.
    var nextPromotion = MonotonicTime.distantFuture
    /// How long Redis is asked to record how jobs ended; only the end of a drain sets a limit.
    var recordUntil = MonotonicTime.distantFuture
    /// Queues that are to be looked through for jobs that lost their worker, before new ones are claimed.
    var rescueDue: Set<Int>
    /// Queues in which a limit may have let jobs go on: these are asked for before the others.
    var admissionsDue: Set<Int> = []
    /// When the leases of all jobs held then began anew.
    var leasesRenewed = MonotonicTime.now
    /// When Redis was last found to be away, or too slow for the leases.
    var lastTrouble = MonotonicTime(nanoseconds: 0)
    /// What is fired by the clock.
    var schedules: [WatchedSchedule]
    /// Where the review of each queue's limits goes on.
    var limitCursors: [String]
    /// What each duty last complained of.
    var complaints: [Duty.Work: RedisError.Code] = [:]
    /// The last complaint about Redis, so that an outage is one line and not one a second.
    var redisTrouble: RedisError.Code?

    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    /// - Parameter makeSolo: makes a supervisor of one worker with ``WorkerOptions/isSolo`` in another process. Without it,
    ///   jobs that may have taken their workers down run beside others.
    public init(
        id: WorkerID, options: WorkerOptions, registry: JobRegistry, loop: EventLoop, logger: Logger,
        makeSolo: (@Sendable () -> Supervisor)? = nil
    ) {
        self.id = id
        self.options = options
        self.registry = registry
        self.loop = loop
        self.logger = logger
        self.makeSolo = makeSolo
        breakers = CircuitBreakers(logger: logger)
        runner = JobRunner(argsBytesLimit: options.argsBytesLimit, clock: clock)
        client = RedisClient(options.redis, name: "coursework-worker", loop: loop)
        claimer = JobClaimer(
            queues: options.queues, worker: id,
            client: RedisClient(options.redis, name: "coursework-claim", loop: loop))
        urgentClaimer = JobClaimer(
            queues: options.queues, worker: id,
            client: RedisClient(options.redis, name: "coursework-urgent", loop: loop))
        promptClaimer = JobClaimer(queues: options.queues, worker: id, client: client)
        queues = options.queues.map { [client] in JobQueue($0, client: client) }
        schedules = options.schedules.compactMap { schedule in
            options.queues.firstIndex(of: schedule.queue).map { WatchedSchedule(schedule, queue: $0) }
        }
        // What was handed back, by a deploy perhaps, comes before what waits.
        rescueDue = Set(options.queues.indices)
        tally = JobTally(queues: options.queues)
        controls = options.queues.map { _ in QueueControl() }
        handings = options.queues.map { _ in 0 }
        limitCursors = options.queues.map { _ in "0" }
        order = ClaimOrder(
            queues: options.queues.count, weights: options.order.weights(of: options.queues), now: .now)
    }

    /// Works until it is told to drain; when it returns, the worker holds nothing.
    /// - Parameter ready: called once jobs are taken.
    /// - Throws: `UnsuitableServer`, `IncompatibleLibrary` or a `RedisError` that waiting does not mend; an error that
    ///   says which handler did not stop when it was told to.
    public func run(ready: @Sendable () -> Void = {}) async throws {
        guard try await prepare() else { return logger.notice("stopped before Redis could be reached") }
        let trace = AttemptTrace(tracer: options.tracer, clock: clock)
        let pool = SlotPool(slots: options.isSolo ? 1 : options.slots) { [runner, ended] job in
            if !Protection.explicitOutcome.isOn, job.claimEnd() { ended.add(job, .complete(.none)) }
            let disposition = await trace.run(job) { await runner.run(job) }
            await job.flushLog()
            job.stop(at: .now)
            if job.claimEnd() { ended.add(job, disposition) }
        }
        self.pool = pool
        pool.start()
        ready()
        logger.notice("ready", [("worker", .string(id.description)), ("slots", .integer(options.slots))])

        let recording = Task(executorPreference: loop) { await self.recordEndedJobs() }
        let claiming = Task(executorPreference: loop) { await self.claim() }
        Task(executorPreference: loop) { try? await self.announce() }
        Task(executorPreference: loop) { try? await self.reviewAllLimits() }
        let duties = Duty.all(options).map { duty in Task(executorPreference: loop) { await self.perform(duty) } }
        await drainRequest.wait()
        stopClaiming()
        await finishRunningJobs()
        // Not waited for: Redis may hang, and what a rescue under way still brings is handed back by leaving.
        for duty in duties { duty.cancel() }
        await finishClaims(claiming)
        handBackTheRest()
        await finishRecording(recording)
        await leave()
        logger.notice("stopped", [("worker", .string(id.description))])
        if let failure { throw failure }
    }

    private func claim() async {
        guard !options.isSolo else { return await runSuspects() }
        async let first: Void = claimJobs()
        async let urgent: Void = claimUrgentToo()
        await claimBacklogToo()
        await first
        await urgent
    }

    /// Tells Redis how a job ended, unless somebody did before.
    /// - Returns: whether nobody did.
    @discardableResult
    func end(_ job: ActiveJob, _ disposition: Disposition) -> Bool {
        guard job.claimEnd() else { return false }
        switch disposition {
        case .release, .block: job.handBack()
        default: break
        }
        ended.add(job, disposition)
        return true
    }

    /// Drains, and has ``run(ready:)`` throw.
    func stop(because error: any Error) {
        failure = failure ?? error
        logger.critical("\(error)")
        drain()
    }

    /// Stops claiming, waits for running jobs up to the drain time, hands back the rest. Safe from anywhere, also
    /// before ``run()`` and more than once.
    public nonisolated func drain() { drainRequest.begin() }

    /// Hands running jobs back now. Safe from anywhere.
    public nonisolated func hurry() {
        drainRequest.begin()
        drainRequest.hurry()
    }

    // MARK: Beginning

    /// Waits for Redis, checks that it is one we can trust jobs to, and joins the queues.
    /// - Returns: false when told to drain meanwhile.
    private func prepare() async throws -> Bool {
        let givingUp = Task(executorPreference: loop) {
            await self.drainRequest.wait()
            if !Task.isCancelled { self.client.close() }
        }
        defer { givingUp.cancel() }
        while true {
            do {
                try await RedisServer(client: client).check(logger: logger)
                try await FunctionLibrary(client: client).ensure()
                try await join()
                try await heedControls()
                return true
            } catch let error as RedisError where drainRequest.hasBegun && (error.isTransient || error.code == .closed)
            {
                return false
            } catch let error as RedisError where error.isTransient || error.code == .functionMissing {
                // They may yet be brought, where this worker may not do that.
                await noteTrouble(error)
            }
        }
    }

    func join(isFresh: Bool = true) async throws(RedisError) {
        for (index, queue) in queues.enumerated() {
            do throws(RedisError) { try await queue.join(id, isFresh: isFresh) } catch {
                guard error.code == .wrongType else { throw error }
                quarantine(index)
            }
        }
    }
}

extension QueueOrder {
    /// Nil for strict.
    func weights(of queues: [QueueName]) -> [Int]? {
        guard case .weighted(let weights) = self else { return nil }
        return queues.map { max(1, weights[$0] ?? 1) }
    }
}
