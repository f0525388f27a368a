internal import FoundationEssentials
internal import HTTPServer
internal import Jobs
internal import Platform

/// A job as a client asks for it: a member of the body of `POST /v1/jobs`.
struct JobSpecification {
    private static let longest = Int(DurationText.longest.milliseconds)
    private static let trackFor = Duration.seconds(24 * 3600)

    var job: NewJob
    /// Whether it goes through the outbox of the database.
    let isDurable: Bool

    /// - Parameter object: what stands in the request; all of it is read.
    init(_ object: inout JSONObject, _ desk: JobDesk) throws(Refusal) {
        guard let name = try object.text("type") else { throw object.wrong("type", "is missing: domain.verb") }
        guard let type = JobType(name), let registered = desk.registry[type] else {
            throw object.wrong("type", "is no job type of this server; GET /v1/types lists them")
        }
        let queue = try Self.queue(&object, registered, desk)
        var job = NewJob(type, queue: queue, args: try Self.args(&object, registered, desk))
        job.delay = try Self.delay(&object)
        job.idempotencyKey = try Self.idempotencyKey(object.text("idempotency_key"))
        job.uniqueKey = try Self.uniqueKey(&object)
        job.expiresAfter = try object.integer("expire_ms", in: 1...Self.longest).map { .milliseconds($0) }
        job.trackFor = try Self.tracking(&object)
        job.batch = try Self.batch(&object, queue)
        isDurable = try object.flag("durable") ?? false
        try object.finish()
        guard !isDurable || (job.uniqueKey == nil && job.expiresAfter == nil && job.batch == nil) else {
            throw object.wrong("durable", "goes with idempotency_key, not with unique, expire_ms or batch")
        }
        guard !isDurable || desk.outbox != nil else {
            throw object.wrong("durable", "needs a database, and this server has none")
        }
        guard job.uniqueKey?.mode != .debounce || job.delay > .zero else {
            throw object.wrong("unique", "with mode debounce begins a delay anew: give one")
        }
        self.job = job
    }

    /// Has a second request with the idempotency key be this one, byte for byte, or be refused.
    mutating func bindKey(to request: some Sequence<UInt8>, _ desk: JobDesk) {
        guard job.idempotencyKey != nil else { return }
        job.idempotencyKey?.fingerprint = desk.vault.fingerprint(of: Array(request), for: job.type.name)
    }

    static func idempotencyKey(_ text: String?) throws(Refusal) -> IdempotencyKey? {
        guard let text else { return nil }
        guard let key = IdempotencyKey(text) else { throw .invalid("An idempotency key has 1 to 256 bytes.") }
        return key
    }

    private static func queue(
        _ object: inout JSONObject, _ registered: RegisteredJob, _ desk: JobDesk
    ) throws(Refusal) -> QueueName {
        guard let name = try object.text("queue") else { return registered.queue }
        guard let queue = QueueName(name), desk.queues.contains(queue) else {
            throw object.wrong("queue", "is no queue of this server; GET /v1/queues lists them")
        }
        return queue
    }

    /// As they were written; the worker reads them in the same way.
    private static func args(
        _ object: inout JSONObject, _ registered: RegisteredJob, _ desk: JobDesk
    ) throws(Refusal) -> [UInt8] {
        let args = object.raw("args").map { Array($0) } ?? Array("{}".utf8)
        try PayloadCheckpoint.check(args, of: registered, at: "/args", limit: desk.argsBytes)
        return args
    }

    private static func delay(_ object: inout JSONObject) throws(Refusal) -> Duration {
        let wait = try object.integer("delay_ms", in: 0...longest)
        guard let text = try object.text("at") else { return .milliseconds(wait ?? 0) }
        guard wait == nil, let time = Timestamp(text) else {
            throw object.wrong("at", "must be a time such as 2026-12-01T08:00:00Z, without delay_ms beside it")
        }
        return .milliseconds(min(longest, max(0, time.milliseconds - WallClock.milliseconds)))
    }

    private static func uniqueKey(_ object: inout JSONObject) throws(Refusal) -> UniqueKey? {
        guard var unique = try object.object("unique") else { return nil }
        let text = try unique.text("key") ?? ""
        guard let mode = UniqueKey.Mode(rawValue: try unique.text("mode") ?? "reject") else {
            throw unique.wrong("mode", "must be reject, replace, debounce or throttle")
        }
        let window = try unique.integer("window_ms", in: 1...longest).map { Duration.milliseconds($0) }
        try unique.finish()
        guard let key = UniqueKey(text, mode: mode, window: window ?? .seconds(24 * 3600)) else {
            throw unique.wrong("key", "must have 1 to 256 bytes")
        }
        return key
    }

    private static func tracking(_ object: inout JSONObject) throws(Refusal) -> Duration? {
        let time = try object.integer("track_ms", in: 1...longest)
        guard try object.flag("track") ?? (time != nil) else { return nil }
        return time.map { .milliseconds($0) } ?? trackFor
    }

    private static func batch(_ object: inout JSONObject, _ queue: QueueName) throws(Refusal) -> BatchID? {
        guard let text = try object.text("batch") else { return nil }
        guard let batch = BatchID(text), batch.queue == queue else {
            throw object.wrong("batch", "must be the id of a batch of the job's queue: queue:token")
        }
        return batch
    }
}
