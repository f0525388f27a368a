import Audit
import JobCatalog
import JobQueue
import Jobs
import Outbox
import Platform
import PostgresClient
import RedisClient
import Reports

/// Asks Redis itself, and tells the audit trail of it as ``AuditedCommand`` does.
struct DirectControl: Control {
    let setup: Setup
    let client: RedisClient
    let loop: EventLoop

    func queue(_ name: QueueName) -> JobQueue { JobQueue(name, client: client) }
}

extension DirectControl {
    func enqueue(_ order: JobOrder) async throws -> EnqueueAnswer {
        guard order.isDurable else { return try await queue(order.job.queue).enqueue(reporting: order.job) }
        guard let database = try setup.database else {
            throw CommandFailure(
                .configuration, "--durable needs a database: set DATABASE_URL, or database.url in the configuration.")
        }
        // Redis need not be there.
        let client = PostgresClient(database, name: "coursework-enqueue", loop: loop)
        defer { client.close() }
        return .enqueued(try await Outbox(client).enqueue(order.job))
    }

    func end(of id: JobID, within time: Duration, isDurable: Bool) async throws -> JobStatusReport? {
        let queue = queue(id.queue)
        if !isDurable, try await queue.status(of: id) == nil { throw CommandFailure.untracked(id) }
        let waiting = RedisClient(try setup.redis, name: "coursework-wait", loop: loop)
        defer { waiting.close() }
        return try await queue.waitForEnd(of: id, for: time, through: waiting).map { JobStatusReport(id: id, $0) }
    }

    func job(_ id: JobID, opened: Bool) async throws -> JobReport? {
        let queue = queue(id.queue)
        return try await queue.describe(id).map { JobReport(opened ? $0.revealed(by: queue.vault) : $0) }
    }

    func cancel(_ id: JobID) async throws -> CancelReport { CancelReport(id, try await queue(id.queue).cancel(id)) }

    func batches(of queue: QueueName?, limit: Int) async throws -> [BatchReport] {
        var reports: [BatchReport] = []
        for queue in queue.map({ [$0] }) ?? setup.configuration.queues {
            reports += try await self.queue(queue).batches(limit: limit).map { BatchReport($0) }
        }
        return reports.sorted { $0.opened.milliseconds > $1.opened.milliseconds }
    }

    func batch(_ id: BatchID) async throws -> BatchReport? {
        try await queue(id.queue).batch(id).map { BatchReport($0) }
    }

    func close(_ id: BatchID) async throws { try await queue(id.queue).close(id) }

    func cancel(_ id: BatchID) async throws { try await queue(id.queue).cancel(id) }

    func types(diagnostics: Bool) throws -> [TypeReport] { try setup.types(diagnostics: diagnostics) }

    func type(_ type: JobType) throws -> TypeReport { try setup.type(type) }
}

extension DirectControl {
    func queues() async throws -> [(String, QueueReport)] {
        try await QueueOverview(queues: setup.configuration.queues, client: client).rows()
    }

    func setPaused(_ isPaused: Bool, _ what: Pausable, in queue: QueueName) async throws -> Bool {
        isPaused ? try await self.queue(queue).pause(what) : try await self.queue(queue).resume(what)
    }

    func workers() async throws -> [WorkerRow] {
        try await WorkerRegistry(client: client).workers().map(WorkerRow.init)
    }

    func limits() async throws -> [LimitReport] {
        var reports: [LimitReport] = []
        for queue in setup.configuration.queues {
            reports += try await self.queue(queue).limits().map { LimitReport($0, of: queue) }
        }
        return reports
    }

    func schedules() async throws -> [String: ScheduleReport] {
        try await ScheduleOverview(schedules: Array(setup.configuration.schedules.values), client: client).rows()
    }

    func queue(ofSchedule name: String) throws -> QueueName { try setup.schedule(named: name).queue }

    func run(schedule name: String) async throws -> String {
        let schedule = try setup.schedule(named: name)
        let id = try await queue(schedule.queue).enqueue(
            NewJob(schedule.type, queue: schedule.queue, args: schedule.args))
        setup.note.add(job: "\(id)")
        return "\(id)"
    }

    func setPaused(_ isPaused: Bool, schedule name: String) async throws -> Bool {
        let queue = queue(try queue(ofSchedule: name))
        return isPaused ? try await queue.pause(schedule: name) : try await queue.resume(schedule: name)
    }

    func auditEntries(_ filter: AuditFilter, limit: Int) async throws -> [SealedEntry] {
        try await AuditTrail(client: client).latest(filter, limit: limit)
    }
}
