import JobQueue
import Jobs
import RedisClient

/// Jobs carry the name that the model gives them in the field `trace`, which every transition keeps.
extension Simulation {
    func enqueuePlain() async throws {
        _ = try await enqueue { _ in }
    }

    func enqueueLater() async throws {
        let isDue = happens(40)
        let number = try await enqueue { $0.delay = isDue ? .milliseconds(1) : Self.delay(false) }
        model[number].place = .later(isDue: isDue)
        try await schedule(number, isDue: isDue, roundedUp: true)
    }

    func enqueueTracked() async throws {
        let isLater = happens(30)
        let number = try await enqueue {
            $0.trackFor = .seconds(3600)
            if isLater { $0.delay = Self.delay(false) }
        } known: {
            $0.trackedAs = $1.token
        }
        guard isLater else { return }
        model[number].place = .later(isDue: false)
        try await schedule(number, isDue: false)
    }

    /// Within its window, a key stands for one job, however often it is enqueued.
    func enqueueOnce() async throws {
        guard let key = pick(["k1", "k2", "k3"]) else { return }
        guard let first = model.tokens[key] else {
            let number = try await enqueue { $0.idempotencyKey = IdempotencyKey(key) }
            model.tokens[key] = model[number].token
            return
        }
        var job = NewJob("t.x", queue: queue.name, args: Array("{}".utf8))
        job.traceparent = "again"
        job.idempotencyKey = IdempotencyKey(key)
        let token = try await queue.enqueue(job).token
        note("enqueue \(key) again")
        try promise(token == first, "the key \(key) stood for one job and then for another")
    }

    func closeWindow() async throws {
        guard let key = pick(model.tokens.keys.sorted()) else { return }
        note("the window of \(key) ends")
        _ = try await client.call("DEL", "\(queue.keys.stream):once:\(key)")
        model.tokens[key] = nil
    }

    func enqueueLimited() async throws {
        let number = try await enqueue { _ in }
        model[number].keys = pick([["a"], ["b"], ["a", "b"], ["b", "a"]]) ?? []
    }

    func enqueueEntry(named id: String?) async throws {
        let fields = ["type", "t.x", "args", "{}"] + (id.map { ["id", $0] } ?? [])
        try await add(fields, type: "t.x", args: "{}")
    }

    /// A delayed job with an id that waits already is the same job, said again.
    func enqueueTwins() async throws {
        for _ in 1...3 {
            let isKnown = model.jobs.contains { job in
                if case .later = job.place { job.member == "twin" } else { false }
            }
            let number = isKnown ? nil : model.add(type: "t.x", args: "{}") { $0.place = .later(isDue: false) }
            let label = number.map { model[$0].label } ?? "again"
            note("twin \(label)")
            let token = try await client.call(
                "FCALL", "cw_enqueue", "1", queue.keys.stream, "t.x", "{}", "id", "twin", "delay",
                String(Self.delay(false).components.seconds * 1000), "trace", label
            ).elements.compactMap(\.string).first
            try promise(token == "twin", "\(label) has \(token ?? "") for a token")
            if let number { try await schedule(number, isDue: false) }
        }
    }

    /// Somebody writes something else where the state of a tracked job should be.
    func spoilState() async throws {
        guard let number = pick(model.numbers { $0.trackedAs != nil }), let token = model[number].trackedAs else {
            return
        }
        note("spoil the state of \(model[number].label)")
        _ = try await client.call("SET", queue.keys.job(token), "spoiled")
        model[number].trackedAs = nil
    }

    func enqueueMalformed() async throws {
        guard let entry = pick(MalformedEntry.all) else { return }
        try await add(entry.fields, type: entry.type, args: entry.args) {
            $0.attempt = entry.attempt
            $0.crashes = entry.crashes
            $0.snoozes = entry.snoozes
        }
    }

    @discardableResult
    private func add(
        _ fields: [String], type: String?, args: String?, _ change: (inout ModelJob) -> Void = { _ in }
    ) async throws -> Int {
        let number = model.add(type: type, args: args, change)
        note("add \(model[number].label)")
        var pipeline = RedisPipeline()
        pipeline.add(["XADD", queue.keys.stream, "*", "trace", model[number].label] + fields)
        if let error = try await client.send(pipeline).firstError { throw error }
        return number
    }

    private func enqueue(
        _ change: (inout NewJob) -> Void, known: (inout ModelJob, JobID) -> Void = { _, _ in }
    ) async throws -> Int {
        let args = "{\"job\":\(model.jobs.count)}"
        let number = model.add(type: "t.x", args: args)
        var job = NewJob("t.x", queue: queue.name, args: Array(args.utf8))
        job.traceparent = model[number].label
        change(&job)
        note("enqueue \(model[number].label)")
        let id = try await queue.enqueue(job)
        model[number].token = id.token
        known(&model[number], id)
        return number
    }
}
