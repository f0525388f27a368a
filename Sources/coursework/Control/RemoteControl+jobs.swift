import ControlAPI
import JobQueue
import Jobs
import Reports

extension RemoteControl {
    private struct Enqueued: Decodable {
        let id: String
        let state: String
    }

    /// How long a server may keep a request that waits.
    private static let longestWait = Duration.seconds(20)
    private static let lookAgain = Duration.milliseconds(300)

    func enqueue(_ order: JobOrder) async throws -> EnqueueAnswer {
        let answer: Enqueued
        do { answer = try await ask(.post, "/v1/jobs", Self.body(of: order)) } catch let refusal as ServerRefusal {
            throw await explain(refusal, order)
        }
        guard let id = JobID(answer.id), let result = EnqueueAnswer(answer.state, id) else {
            throw CommandFailure(.failed, "The server says of the job what this program does not know.")
        }
        return result
    }

    private static func body(of order: JobOrder) -> [UInt8] {
        let job = order.job
        let unique = job.uniqueKey.map { key in
            String(
                decoding: object([
                    ("key", JSONText.of(key.text)), ("mode", JSONText.of(key.mode.rawValue)),
                    ("window_ms", "\(key.window.milliseconds)"),
                ]), as: UTF8.self)
        }
        return object([
            ("type", JSONText.of(job.type.name)), ("queue", order.namesQueue ? JSONText.of(job.queue.name) : nil),
            ("args", String(decoding: job.args, as: UTF8.self)),
            ("delay_ms", job.delay > .zero ? "\(job.delay.milliseconds)" : nil),
            ("idempotency_key", job.idempotencyKey.map { JSONText.of($0.text) }), ("unique", unique),
            ("expire_ms", job.expiresAfter.map { "\($0.milliseconds)" }),
            ("track_ms", order.isDurable ? nil : job.trackFor.map { "\($0.milliseconds)" }),
            ("batch", job.batch.map { JSONText.of("\($0)") }), ("durable", order.isDurable ? "true" : nil),
        ])
    }

    /// In the words of a shell that knows the types itself.
    private func explain(_ refusal: ServerRefusal, _ order: JobOrder) async -> any Error {
        guard refusal.status == 422 else { return refusal }
        do {
            if refusal.detail.hasPrefix("/queue ") { try await check(order.job.queue) }
            if refusal.detail.hasPrefix("/type ") { try await check(order.job.type) }
        } catch let failure as CommandFailure where failure.code == .usage { return failure } catch { return refusal }
        return Self.payloadFailure(refusal, of: order.job.type.name, .usage) ?? refusal
    }

    /// Nil for what is not said of the payload.
    static func payloadFailure(_ refusal: ServerRefusal, of type: String, _ code: ExitCode) -> CommandFailure? {
        guard refusal.status == 422, refusal.detail.hasPrefix("/args") else { return nil }
        let problems = refusal.detail.dropLast(refusal.detail.hasSuffix(".") ? 1 : 0).split(separator: "; ")
            .map { $0.hasPrefix("/args") ? $0.dropFirst("/args".count).drop { $0 == " " } : $0 }
        return CommandFailure(
            code, "This is no payload of \(Terminal.line(type, atMost: 64)): \(problems.joined(separator: "; ")).")
    }

    func end(of id: JobID, within time: Duration, isDurable: Bool) async throws -> JobStatusReport? {
        let end = ContinuousClock.now + time
        while true {
            let asked = ContinuousClock.now
            let left = max(.zero, end - asked)
            let wait = min(left, Self.longestWait)
            let path = Self.path(of: id) + Self.query([("wait", "\(max(1, wait.milliseconds))ms")])
            let job: JobReport? = try await orNil { try await ask(.get, path) }
            if let job, JobState(rawValue: job.state)?.hasEnded == true { return JobStatusReport(job) }
            guard ContinuousClock.now < end else { return nil }
            // A server does not wait for what nobody tracks. What is durable first has to get to Redis.
            if !isDurable, job == nil || ContinuousClock.now - asked < wait / 2 { throw CommandFailure.untracked(id) }
            await loop.sleep(for: min(Self.lookAgain, max(.zero, end - ContinuousClock.now)))
        }
    }

    func job(_ id: JobID, opened: Bool) async throws -> JobReport? {
        try await orNil { try await ask(.get, Self.path(of: id) + Self.opening(opened)) }
    }

    func cancel(_ id: JobID) async throws -> CancelReport {
        try await orNil { try await ask(.delete, Self.path(of: id), accepting: [200, 202, 409]) }
            ?? CancelReport(id, .unknown)
    }

    private static func path(of id: JobID) -> String { "/v1/jobs/\(encoded("\(id)"))" }

    /// What is not there is no failure.
    private func orNil<Value>(_ body: () async throws -> Value) async throws -> Value? {
        do { return try await body() } catch let refusal as ServerRefusal where refusal.status == 404 { return nil }
    }

    // MARK: Batches

    func batches(of queue: QueueName?, limit: Int) async throws -> [BatchReport] {
        if let queue { try await check(queue) }
        return try await ask(.get, "/v1/batches" + Self.query([("queue", queue?.name), ("limit", "\(limit)")]))
    }

    func batch(_ id: BatchID) async throws -> BatchReport? {
        try await orNil { try await ask(.get, Self.path(of: id)) }
    }

    func close(_ id: BatchID) async throws { _ = try await ask(.post, Self.path(of: id) + "/close") }

    func cancel(_ id: BatchID) async throws { _ = try await ask(.post, Self.path(of: id) + "/cancel") }

    private static func path(of id: BatchID) -> String { "/v1/batches/\(encoded("\(id)"))" }

    // MARK: Types

    func types(diagnostics: Bool) async throws -> [TypeReport] {
        let response = try await ask(.get, "/v1/types")
        guard let types = TypeReport.list(response.body) else {
            throw CommandFailure(.failed, "The types cannot be read.")
        }
        return types
    }

    func type(_ type: JobType) async throws -> TypeReport {
        do {
            let response = try await ask(.get, "/v1/types/\(Self.encoded(type.name))")
            guard let report = TypeReport(json: response.body) else {
                throw CommandFailure(.failed, "The type cannot be read.")
            }
            return report
        } catch let refusal as ServerRefusal where refusal.status == 404 {
            throw CommandFailure(.usage, "This program has no job type '\(type)'. See coursework types.")
        }
    }

    /// - Throws: `CommandFailure` when the server has no such type.
    func check(_ type: JobType) async throws {
        let known = try await types(diagnostics: true).map(\.type)
        guard known.contains(type.name) else { throw CommandFailure.noType(type, known: known) }
    }
}
