internal import EffectLedger
internal import JobQueue
internal import Jobs
public import Logging
internal import MailRecord
public import Platform
public import PostgresClient
public import RedisClient

/// Moves the rows of the outbox to Redis, and sees to it that none of their jobs is lost there.
///
/// Any number may run at once: each row is claimed by one of them. A notification wakes it, and it looks by itself now
/// and then. While a server is away it waits; what is wrong with one queue keeps no other waiting.
public actor OutboxRelay {
    /// The channel on which the outbox tells of new rows.
    private static let channel = "coursework_outbox"

    let options: OutboxOptions
    let loop: EventLoop
    let logger: Logger
    let mover: OutboxMover
    let reconciler: OutboxReconciler
    private let configuration: PostgresConfiguration
    private let database: PostgresClient
    private let redis: RedisClient
    private nonisolated let drainRequest = DrainRequest()
    private var failure: (any Error)?

    private var alarm: Promise<Void>?
    private var isAwake = false
    /// Queues that cannot be written to, and when to try again.
    private var resting: [QueueName: BackOff] = [:]
    /// What it has counted since Redis was last told.
    var counts = RelayCounts()
    /// The trouble that was told last; nil while all goes well.
    private var trouble: String?

    public nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    public init(
        options: OutboxOptions, database: PostgresConfiguration, redis: RedisConfiguration, loop: EventLoop,
        logger: Logger
    ) {
        self.options = options
        self.loop = loop
        self.logger = logger
        configuration = database
        self.database = PostgresClient(database, name: "coursework-relay", loop: loop)
        self.redis = RedisClient(redis, name: "coursework-relay", loop: loop)
        mover = OutboxMover(options: options, database: self.database, redis: self.redis, loop: loop)
        reconciler = OutboxReconciler(
            options: options, database: self.database, redis: self.redis, loop: loop, logger: logger)
    }

    /// Works until it is told to drain.
    /// - Parameter ready: called once both servers have answered.
    /// - Throws: `UnsuitableServer`, `IncompatibleLibrary`, or a `RedisError` at the beginning that waiting does not mend.
    public func run(ready: @Sendable () -> Void = {}) async throws {
        defer {
            redis.close()
            database.close()
        }
        guard try await prepare() else { return logger.notice("stopped before its servers could be reached") }
        let listener = try PostgresListener(configuration, channel: Self.channel, logger: logger)
        ready()
        logger.notice("relay ready")
        await withTaskGroup { group in
            group.addTask(executorPreference: loop) { await self.listen(listener) }
            for duty in RelayDuty.all(options) { group.addTask(executorPreference: loop) { await self.perform(duty) } }
            let moving = Task(executorPreference: loop) { await self.move() }
            await drainRequest.wait()
            wake()
            // What is claimed is also marked.
            await moving.value
            listener.stop()
            group.cancelAll()
        }
        await tellCounts()
        logger.notice("relay stopped")
        if let failure { throw failure }
    }

    /// Finishes the batch under way, then ends. Safe from anywhere, and more than once.
    public nonisolated func drain() { drainRequest.begin() }

    // MARK: Beginning

    /// - Returns: false when told to drain meanwhile.
    private func prepare() async throws -> Bool {
        var backOff = BackOff()
        while !drainRequest.hasBegun {
            do {
                try await RedisServer(client: redis).check(logger: logger)
                try await FunctionLibrary(client: redis).ensure()
                _ = try await mover.queuesWithRows()
                note(nil)
                return true
            } catch {
                guard Self.mayMend(error) else { throw error }
                note(error)
                await rest(for: backOff.next())
            }
        }
        return false
    }

    /// Whether waiting may help: functions may yet be brought by who may do that. For the database it always may: a table
    /// may yet be made, a password be set, and workers that share a supervisor with this relay must not end because of it.
    private static func mayMend(_ error: any Error) -> Bool {
        (error as? RedisError).map { $0.isTransient || $0.code == .functionMissing } ?? (error is PostgresError)
    }

    // MARK: Moving

    private func move() async {
        var backOff = BackOff()
        while !drainRequest.hasBegun {
            isAwake = false
            do {
                let moved = try await moveOnce()
                backOff = BackOff()
                note(nil)
                if moved == 0 { await rest(for: options.pollEvery) }
            } catch {
                guard note(error) else { return }
                await rest(for: backOff.next(), orWoken: false)
            }
        }
    }

    /// One batch of every queue that has rows, the most urgent first.
    /// - Returns: how many rows.
    private func moveOnce() async throws -> Int {
        var count = 0
        for queue in try await mover.queuesWithRows() where !isResting(queue) {
            guard !drainRequest.hasBegun else { break }
            do {
                let move = try await mover.move(queue)
                resting[queue] = nil
                tell(move, queue)
                counts.add(move.added, to: queue)
                count += move.count
            } catch let error as RedisError where Self.concernsOneQueue(error) {
                putToRest(queue, because: error)
            }
        }
        return count
    }

    private static func concernsOneQueue(_ error: RedisError) -> Bool {
        switch error.code {
        case .wrongType, .permission, .other: true
        default: false
        }
    }

    private func isResting(_ queue: QueueName) -> Bool { resting[queue].map { $0.until > .now } ?? false }

    private func putToRest(_ queue: QueueName, because error: RedisError) {
        let isNew = resting[queue] == nil
        _ = resting[queue, default: BackOff(cap: .seconds(30))].next()
        guard isNew else { return }
        logger.error(
            "Rows of a queue cannot be moved to Redis; they wait: \(error)", [("queue", .string(queue.name))])
    }

    private func tell(_ move: OutboxMover.Move, _ queue: QueueName) {
        guard move.count > 0 else { return }
        let fields: [LogField] = [
            ("queue", .string(queue.name)), ("added", .integer(move.added)), ("known", .integer(move.known)),
        ]
        logger.debug("moved rows of the outbox", fields)
        for (id, reason) in move.refused {
            logger.error(
                "A row of the outbox can never be moved to Redis: \(reason)", [("job", .string("\(queue):\(id)"))])
        }
    }

    // MARK: Waking

    private func listen(_ listener: PostgresListener) async {
        for await _ in listener.wakeUps { wake() }
    }

    /// There are rows, or may be.
    func wake() {
        isAwake = true
        alarm?.complete(with: ())
    }

    /// - Parameter orWoken: whether new rows end it; draining always does.
    private func rest(for time: Duration, orWoken: Bool = true) async {
        guard !drainRequest.hasBegun, !(orWoken && isAwake) else { return }
        let end = Promise<Void>()
        if orWoken { alarm = end }
        // A tenth more or less, so that several relays do not look at the same moment.
        let timer = loop.schedule(at: .now + time * Double.random(in: 0.9...1.1)) { end.complete(with: ()) }
        let draining = Task(executorPreference: loop) {
            await self.drainRequest.wait()
            end.complete(with: ())
        }
        await end.wait()
        draining.cancel()
        loop.cancel(timer)
        alarm = nil
    }

    // MARK: Trouble

    /// Tells of trouble once, and of its end.
    /// - Returns: false when waiting will not mend it: then the relay ends.
    @discardableResult
    func note(_ error: (any Error)?) -> Bool {
        guard let error else {
            if trouble != nil { logger.notice("The outbox is moved again") }
            trouble = nil
            return true
        }
        guard Self.mayMend(error) || error is RedisError else {
            failure = failure ?? error
            drainRequest.begin()
            return false
        }
        if trouble != "\(error)" { logger.warning("The outbox waits: \(Self.advice(error))") }
        trouble = "\(error)"
        return true
    }

    private static func advice(_ error: any Error) -> String {
        guard (error as? PostgresError)?.state == .undefinedTable else { return "\(error)" }
        return "the database has no table coursework.outbox; run coursework migrate."
    }

    /// What Redis may have added though no answer came is not told again.
    func tellCounts() async {
        let (increments, duties) = counts.take()
        do throws(RedisError) {
            counts.note(try await CounterStore(client: redis).add(increments, duties: duties))
        } catch {
            if !error.mayHaveExecuted { counts.putBack(increments) }
        }
    }

    /// Keeps the functions in Redis in step with this program.
    func checkLibrary() async throws { try await FunctionLibrary(client: redis).ensure() }

    /// The ledger grows with every effect, the record with every mail, and this process looks after the tables.
    func forgetEffects() async throws {
        let effects = try await EffectLedger(database).deleteDone(olderThan: options.effectRetention)
        if effects > 0 { logger.info("forgot old effects", [("effects", .integer(effects))]) }
        let mails = try await MailRecord(database).deleteEnded(olderThan: options.effectRetention)
        if mails > 0 { logger.info("forgot old mails", [("mails", .integer(mails))]) }
    }

    /// Rows that nobody moves are told of: a queue's name may be misspelt.
    func checkQueues() async throws {
        let rows = try await database.query(
            """
            SELECT queue, count(*) AS rows FROM coursework.outbox
            WHERE sent_at IS NULL AND ended_at IS NULL AND queue <> ALL($1::text[]) GROUP BY queue LIMIT 20
            """, [.texts(options.queues.map(\.name))])
        for row in rows {
            let (queue, count): (String, Int) = (try row["queue"], try row["rows"])
            logger.warning(
                "Rows of the outbox wait for a queue that the configuration does not have: declare it, or change the rows",
                [("queue", .string(queue)), ("rows", .integer(count))])
        }
    }
}
