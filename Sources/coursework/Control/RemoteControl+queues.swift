import Audit
import JobQueue
import Jobs
import Reports

extension RemoteControl {
    private struct Switched: Decodable { let changed: Bool }

    private struct Enqueued: Decodable { let id: String }

    func queues() async throws -> [(String, QueueReport)] {
        let response = try await ask(.get, "/v1/queues")
        let reports: [String: QueueReport] = try read(response)
        // The order of the configuration.
        let names = JSONParts.orderedMembers(response.body)?.map(\.name) ?? []
        return names.compactMap { name in reports[name].map { (name, $0) } }
    }

    /// - Throws: `CommandFailure` when the server has no such queue.
    func check(_ queue: QueueName) async throws {
        let known = try await queues().map(\.0)
        guard known.contains(queue.name) else { throw CommandFailure.noQueue(queue.name, known: known) }
    }

    func check(_ queues: [QueueName]) async throws {
        guard !queues.isEmpty else { return }
        let known = try await self.queues().map(\.0)
        for queue in queues where !known.contains(queue.name) {
            throw CommandFailure.noQueue(queue.name, known: known)
        }
    }

    func setPaused(_ isPaused: Bool, _ what: Pausable, in queue: QueueName) async throws -> Bool {
        let type: JobType? = if case .type(let type) = what { type } else { nil }
        let body = type.map { Self.object([("type", JSONText.of($0.name))]) }
        do {
            let switched: Switched = try await ask(
                .post, "/v1/queues/\(queue.name)/\(isPaused ? "pause" : "resume")", body)
            return switched.changed
        } catch let refusal as ServerRefusal where refusal.status == 404 || refusal.status == 422 {
            try await check(queue)
            if let type { try await check(type) }
            throw refusal
        }
    }

    func workers() async throws -> [WorkerRow] { try await ask(.get, "/v1/workers") }

    func limits() async throws -> [LimitReport] { try await ask(.get, "/v1/limits") }

    // MARK: Schedules

    func schedules() async throws -> [String: ScheduleReport] { try await ask(.get, "/v1/schedules") }

    func queue(ofSchedule name: String) async throws -> QueueName {
        let schedules = try await schedules()
        guard let queue = schedules[name].flatMap({ QueueName($0.queue) }) else {
            throw CommandFailure.noSchedule(name, known: schedules.keys.sorted())
        }
        return queue
    }

    func run(schedule name: String) async throws -> String {
        let enqueued: Enqueued = try await ask(.post, "/v1/schedules/\(Self.encoded(name))/run")
        return enqueued.id
    }

    func setPaused(_ isPaused: Bool, schedule name: String) async throws -> Bool {
        let switched: Switched = try await ask(
            .post, "/v1/schedules/\(Self.encoded(name))/\(isPaused ? "pause" : "resume")")
        return switched.changed
    }

    // MARK: Audit

    func auditEntries(_ filter: AuditFilter, limit: Int) async throws -> [SealedEntry] {
        func time(_ milliseconds: Int?) -> String? { milliseconds.map { Timestamp(milliseconds: $0).precise } }
        let query = Self.query([
            ("after", time(filter.after)), ("before", time(filter.before)), ("action", filter.action),
            ("actor", filter.actor), ("limit", "\(limit)"),
        ])
        let response = try await ask(.get, "/v1/audit" + query)
        return JSONParts.elements(response.body)?.compactMap { SealedEntry(line: $0) } ?? []
    }
}
