internal import HTTPServer
internal import Jobs

/// Which events somebody wants: `?queues=emails,media`, `?types=email.send`, `?jobs=emails:1795280127590-0`.
struct EventFilter: Sendable {
    /// Jobs of which one listener may hear what they say: each is a question to Redis every second.
    private static let mostJobs = 20

    /// Nil for all of them.
    let queues: Set<QueueName>?
    /// Nil for all of them. Only jobs have types.
    let types: Set<String>?
    /// What they say, and what becomes of them, and nothing else; empty where none are named.
    let jobs: Set<JobID>

    /// - Throws: a ``Refusal`` that names the field.
    init(_ query: FormText, queues known: [QueueName]) throws(Refusal) {
        queues = try Self.set(query["queues"]) { (text) throws(Refusal) in
            guard let queue = QueueName(text), known.contains(queue) else {
                throw .invalid("queues names one that there is not; GET /v1/queues lists them.")
            }
            return queue
        }
        types = try Self.set(query["types"]) { (text) throws(Refusal) in
            guard let type = JobType(text) else { throw .invalid("types must be names such as email.send.") }
            return type.name
        }
        jobs =
            try Self.set(query["jobs"]) { (text) throws(Refusal) in
                guard let id = JobID(text), known.contains(id.queue) else {
                    throw .invalid("jobs must be ids such as emails:1795280127590-0.")
                }
                return id
            } ?? []
        guard jobs.count <= Self.mostJobs else { throw .invalid("jobs may be \(Self.mostJobs) at most.") }
    }

    func wants(_ event: StreamEvent) -> Bool {
        guard jobs.isEmpty else { return event.job.map(jobs.contains) ?? event.isForAll }
        switch event.kind {
        case .log: return false
        case .redis, .worker: return true
        case .queues, .dead, .replay: return wants(event.queue)
        case .job: return wants(event.queue) && (types.map { $0.contains(event.type) } ?? true)
        }
    }

    private func wants(_ queue: QueueName?) -> Bool {
        guard let queues, let queue else { return true }
        return queues.contains(queue)
    }

    private static func set<Value: Hashable>(
        _ text: String?, _ read: (String) throws(Refusal) -> Value
    ) throws(Refusal) -> Set<Value>? {
        guard let text, !text.isEmpty else { return nil }
        var values: Set<Value> = []
        for part in text.split(separator: ",").prefix(100) { values.insert(try read(String(part))) }
        return values
    }
}
