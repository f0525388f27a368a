internal import DeadLetters
internal import JobQueue
public import Jobs
public import Platform
public import RedisClient
internal import Sealing

/// Takes a person out of Redis: jobs about them in every state, and what those left behind.
///
/// It goes through all jobs and all keys of the queues, page by page, so that no call keeps Redis busy for a millisecond.
/// Whoever enqueues another job about the person meanwhile may have it stay: say the same again.
public struct RedisErasure: Sendable {
    private static let mostPasses = 5
    private static let lookEvery = Duration.milliseconds(200)

    let search: SubjectSearch
    let client: RedisClient
    private let loop: EventLoop

    public init(_ search: SubjectSearch, client: RedisClient, loop: EventLoop) {
        (self.search, self.client, self.loop) = (search, client, loop)
    }

    /// What there is to erase.
    public func survey(_ queues: [QueueName]) async throws -> ErasureCounts {
        try await pass(queues, erases: false).counts
    }

    /// - Parameter patience: how long jobs may take to stop that run.
    /// - Returns: what was erased; `running` are those that have not stopped.
    public func erase(_ queues: [QueueName], waitingFor patience: Duration) async throws -> ErasureCounts {
        let end = MonotonicTime.now + patience
        var all = ErasureCounts()
        var running: [RunningEntry] = []
        // What is erased may leave something behind that was not there before: a job that ran, its result.
        for _ in 0..<Self.mostPasses {
            let pass = try await pass(queues, erases: true)
            all.follow(with: pass.counts)
            running = try await waitForEnd(of: pass.running, until: end)
            if pass.counts.total == 0 { break }
        }
        all.count(.running, running.count)
        return all
    }

    private func waitForEnd(of entries: [RunningEntry], until end: MonotonicTime) async throws -> [RunningEntry] {
        var left = entries
        while true {
            var running: [RunningEntry] = []
            for entry in left where try await isThere(entry) { running.append(entry) }
            left = running
            if left.isEmpty || MonotonicTime.now >= end { return left }
            await loop.sleep(for: Self.lookEvery)
        }
    }

    private func isThere(_ entry: RunningEntry) async throws -> Bool {
        try await !client.call("XRANGE", entry.stream, entry.id, entry.id).elements.map { $0 }.isEmpty
    }

    /// An entry that a worker holds.
    private struct RunningEntry {
        let stream: String
        let id: String
    }

    // MARK: One pass

    private func pass(
        _ queues: [QueueName], erases: Bool
    ) async throws -> (counts: ErasureCounts, running: [RunningEntry]) {
        var counts = ErasureCounts()
        var running: [RunningEntry] = []
        for queue in queues {
            let scan = JobScan(queue, client: client)
            try await scan.each { job in
                switch verdict(on: job, scan.queue) {
                case .unreadable: counts.countUnreadable()
                case .mentions: counts.mention("\(job.place.rawValue) \(queue):\(job.token)")
                case .another: break
                case .isAbout:
                    guard erases else { return counts.count(job.place.erasure) }
                    guard let stopping = try await remove(job, from: scan.queue) else { return }
                    if stopping { running.append(entry(job, scan.queue)) } else { counts.count(job.place.erasure) }
                }
            }
            try await KeyErasure(search.subject, scan.queue, client, erases: erases).run(&counts)
        }
        if erases, !running.isEmpty { counts.count(.running, running.count) }
        return (counts, running)
    }

    private func entry(_ job: StoredJob, _ queue: JobQueue) -> RunningEntry {
        RunningEntry(stream: job.place == .admitted ? queue.keys.admitted : queue.keys.stream, id: job.member)
    }

    private enum Verdict { case isAbout, mentions, another, unreadable }

    private func verdict(on job: StoredJob, _ queue: JobQueue) -> Verdict {
        guard job.place != .outgoing else {
            return search.subject.isMentioned(in: job.fields["job"] ?? []) ? .isAbout : .another
        }
        guard let args = try? queue.vault.open(job.args, of: job.type) else { return .unreadable }
        if search.isAbout(args, of: job.type) { return .isAbout }
        let fields = job.fields.list.map { field in
            queue.vault.revealed(String(decoding: field.name, as: UTF8.self), field.value, of: job.type)
        }
        // What an edit replaced, what failed, and what comes after it: all of that goes with the job.
        return fields.contains { search.subject.isMentioned(in: $0) } ? .mentions : .another
    }

    /// - Returns: whether a worker has it and was told; nil when it was gone.
    private func remove(_ job: StoredJob, from queue: JobQueue) async throws -> Bool? {
        switch job.place {
        case .dead:
            let store = LetterStore(queue.name, client: client)
            let letter = try await store.letter(job.member)
            guard let letter else { return nil }
            let deleted = try await store.delete([letter])
            try await forget(job, of: queue)
            return deleted == 1 ? false : nil
        case .outgoing: return try await client.call("XDEL", queue.keys.outgoing, job.member).integer == 1 ? false : nil
        case .ready, .admitted, .later, .blocked:
            let answer = try await queue.cancelStored(job)
            guard answer != "cancelling" else { return true }
            try await forget(job, of: queue)
            return answer == "cancelled" ? false : nil
        }
    }

    /// That there was such a job stays for those who ask for it; what it said does not.
    private func forget(_ job: StoredJob, of queue: JobQueue) async throws {
        var pipeline = RedisPipeline()
        pipeline.add("HDEL", queue.keys.job(job.token), "result", "error", "reason")
        pipeline.add("DEL", queue.keys.checkpoint(of: job.token), queue.keys.log(of: job.token))
        _ = try await client.send(pipeline)
    }
}

extension StoredJob.Place {
    fileprivate var erasure: ErasureCounts.Place {
        switch self {
        case .ready, .admitted: .ready
        case .later: .later
        case .blocked: .blocked
        case .dead: .dead
        case .outgoing: .outgoing
        }
    }
}

extension JobQueue {
    /// Cancels a job where it was found.
    /// - Returns: what `cw_cancel` answers.
    fileprivate func cancelStored(_ job: StoredJob) async throws(RedisError) -> String {
        let entry: String
        switch job.place {
        case .ready: entry = job.member
        case .admitted: entry = "a" + job.member
        case .later, .blocked, .dead, .outgoing: entry = ""
        }
        var pipeline = RedisPipeline()
        begin("cw_cancel", arguments: 2, in: &pipeline)
        pipeline.append(entry.isEmpty ? job.member : job.fields.text("id") ?? entry)
        pipeline.append(entry)
        return try await library.send(pipeline).string ?? ""
    }
}
