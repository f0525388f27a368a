import JobQueue
import Jobs
import RedisClient

extension BatchSimulation {
    mutating func open() async throws {
        guard batches.count < 4 else { return }
        let token = name("batch")
        let queue = dice(2)
        var callbacks: [String: Int] = [:]
        for event in ["complete", "success", "death"] { callbacks[event] = dice(2) }
        var words = [token]
        for (event, target) in callbacks.sorted(by: { $0.key < $1.key }) {
            let name = Self.queueNames[target]
            words += [event, #"{"type":"t.\#(event)","args":"{}","queue":"\#(name)","id":"\#(token)-\#(event)"}"#]
        }
        try await say("cw_batch_open", queue, words)
        batches[token] = ModelBatch(token, queue: queue, callbacks: callbacks)
    }

    /// From outside, or, when the batch is closed, as a member does that runs.
    mutating func add() async throws {
        guard let batch = anyBatch(where: { $0.takesJobs && (!$0.isClosed || $0.count(.pending) > 0) }) else {
            guard let refusing = anyBatch(where: { !$0.takesJobs }) else { return }
            let refused = await refusal("cw_batch_add", refusing.queue, [refusing.token, "2", "t.x", "{}"])
            guard refused else { throw BatchViolation("\(refusing.token) takes jobs after its end") }
            return
        }
        var words = [batch.token]
        for _ in 0..<(1 + dice(4)) {
            let token = name("job")
            let links = (0..<dice(4)).map { _ in
                ModelLink(token: name("link"), queue: dice(2))
            }
            let delay = dice(4) == 0 ? ["delay", "1"] : []
            let more = ["t.x", "{}", "id", token] + delay + (links.isEmpty ? [] : ["then", ModelLink.json(links)])
            words += ["\(more.count)"] + more
            try expect(token, in: batch.queue, batch: batch.token, links: links)
        }
        try await say("cw_batch_add", batch.queue, words)
    }

    mutating func close() async throws {
        guard let batch = anyBatch(where: { !$0.isClosed }), batch.members.count > 2 || dice(4) == 0
        else { return }
        try await close(batch.token)
    }

    mutating func close(_ token: String) async throws {
        guard let batch = batches[token] else { return }
        try await say("cw_batch_close", batch.queue, [token])
        batches[token]?.isClosed = true
        try happened(batches[token]?.settle() ?? [], to: token)
    }

    mutating func claim() async throws {
        try await claim(from: dice(2), count: 1 + dice(4))
    }

    mutating func claim(from queue: Int, count: Int) async throws {
        let worker = Self.workers[dice(3)]
        let claimer = JobClaimer(queues: [Self.queueNames[queue]], worker: worker, client: client)
        for claim in try await claimer.claim(from: 0, count: count) { try take(claim.job, from: queue, for: worker) }
    }

    private mutating func take(_ job: ClaimedJob, from queue: Int, for worker: WorkerID) throws {
        guard let member = members[job.token] else { throw BatchViolation("\(job.token) runs and should not") }
        guard member.state == .waiting, member.queue == queue else {
            throw BatchViolation("\(job.token) runs once more, in \(queue), while it is \(member.state)")
        }
        members[job.token]?.state = .held
        held.append((job, queue, worker))
    }

    mutating func endOne(calmly: Bool = false) async throws {
        guard !held.isEmpty else { return }
        let (job, index, worker) = held.remove(at: dice(held.count))
        let queue = queues[index]
        let choice = calmly ? 9 : dice(10)
        let isMine: Bool
        switch choice {
        case 0: isMine = try await queue.bury(job, reason: .buried, error: "dead", by: worker)
        case 1: isMine = try await queue.finish(job, as: .discarded, by: worker)
        case 2: isMine = try await queue.retry(job, in: .milliseconds(1), error: "again", by: worker)
        case 3: isMine = try await queue.release([job.entry], by: worker) == 1
        default: isMine = try await queue.finish(job, as: .done, result: JobResult(json: Array("7".utf8)), by: worker)
        }
        guard isMine else { throw BatchViolation("\(job.token) was lost by its worker") }
        // The answer was lost, and the worker says it again.
        if choice > 3, dice(3) == 0, try await queue.finish(job, as: .done, by: worker) {
            throw BatchViolation("\(job.token) ended twice")
        }
        switch choice {
        case 0: try ended(job.token, .dead)
        case 1: try ended(job.token, .other)
        case 2 where members[job.token]?.isCancelled == true: try ended(job.token, .other)
        case 2: members[job.token]?.state = .waiting
        case 3: try await takeOver(index)
        default: try ended(job.token, .done)
        }
    }

    mutating func crash() async throws {
        let worker = Self.workers[dice(3)]
        for index in queues.indices {
            try await queues[index].handOver(from: worker)
            try await takeOver(index, from: worker)
        }
    }

    /// A rescue takes over what nobody holds any more, and ends what somebody asked the end of.
    private mutating func takeOver(_ index: Int, from worker: WorkerID? = nil) async throws {
        let lost = held.filter { $0.queue == index && $0.worker == worker }
        held.removeAll { $0.queue == index && $0.worker == worker }
        for job in lost { members[job.job.token]?.state = .waiting }
        let stillHeld = Set(held.map(\.job.token))
        for member in members.values where member.queue == index && member.state == .held {
            if !stillHeld.contains(member.token) { members[member.token]?.state = .waiting }
        }
        let cancelled = members.values.filter { $0.queue == index && $0.state == .waiting && $0.isCancelled }
        for member in cancelled { try ended(member.token, .other) }
        let rescuer = Self.workers[dice(3)]
        let rescue = try await queues[index].rescue(
            for: rescuer, lease: .seconds(600), limit: 1000, tolerance: Tolerance(crashes: 1000))
        for job in rescue.jobs { try take(job, from: index, for: rescuer) }
    }

    mutating func cancelJob() async throws {
        let tokens = members.values.filter { $0.state != .ended && $0.state != .dead }.map(\.token).sorted()
        guard !tokens.isEmpty else { return }
        try await cancel(tokens[dice(tokens.count)])
    }

    private mutating func cancel(_ token: String) async throws {
        guard let member = members[token], let id = JobID(queue: Self.queueNames[member.queue], token: token) else {
            return
        }
        switch try await queues[member.queue].cancel(id) {
        case .cancelled: try ended(token, .other)
        case .cancelling: members[token]?.isCancelled = true
        // It is on its way from another queue.
        case .unknown: break
        case .ended(let state): throw BatchViolation("\(token) is \(state) already")
        }
    }

    mutating func cancelBatch() async throws {
        guard let batch = anyBatch(where: { !$0.hasEnded }) else { return }
        var cursor = "0"
        batches[batch.token]?.isCancelled = true
        batches[batch.token]?.isClosed = true
        // Whoever cancels may die half-way.
        repeat {
            let answer = try await call("cw_batch_cancel", batch.queue, [batch.token, cursor])
            cursor = answer.elements.map { $0 }.first?.string ?? "0"
        } while cursor != "0"
        for (token, fate) in batch.members.sorted(by: { $0.key < $1.key }) where fate == .pending {
            if members[token]?.state == .held {
                members[token]?.isCancelled = true
            } else {
                try ended(token, .other)
            }
        }
        try happened(batches[batch.token]?.settle() ?? [], to: batch.token)
    }

    mutating func replay() async throws {
        let dead = members.values.filter { $0.state == .dead }.map(\.token).sorted()
        guard !dead.isEmpty else { return }
        let token = dead[dice(dead.count)]
        guard let member = members[token] else { return }
        let deletes = dice(3) == 0
        let buried = try await client.call("ZSCORE", queues[member.queue].keys.dead, token).string ?? ""
        if deletes {
            try await say("cw_dead_delete", member.queue, [token, buried])
        } else {
            let replay = "replay\(replays)"
            replays += 1
            _ = try await call("cw_replay_begin", member.queue, [replay, "somebody"])
            try await say("cw_replay", member.queue, [replay, "somebody", "0", "0", "", "", token, buried])
        }
        members[token]?.state = deletes ? .ended : .waiting
        if let batch = member.batch { batches[batch]?.members[token] = deletes ? .other : .pending }
    }

    /// Whoever carries things over is killed before he removes them here, or stands still and comes later.
    mutating func carryHalfWay() async throws {
        for (index, queue) in queues.enumerated() {
            let other = Self.queueNames[1 - index]
            let entries = try await client.call("XRANGE", queue.keys.outgoing, "-", "+").elements.compactMap { entry in
                let parts = Array(entry.elements)
                return parts.count == 2 ? (parts[0].string ?? "", Array(parts[1].elements)[3].bytes ?? []) : nil
            }
            guard let first = entries.first else { continue }
            var pipeline = RedisPipeline()
            pipeline.begin(arguments: 6 + 2 * entries.count)
            for word in ["FCALL", "cw_deliver", "1", QueueKeys(other).stream, Self.queueNames[index].name] {
                pipeline.append(word)
            }
            pipeline.append(String(first.0.prefix { $0 != "-" }))
            for (id, job) in entries {
                pipeline.append(id)
                pipeline.append(job)
            }
            if dice(2) == 0 { late.append(pipeline) } else { _ = try await client.send(pipeline) }
        }
        if !late.isEmpty, dice(2) == 0 { _ = try await client.send(late.removeFirst()) }
    }

    // MARK: Saying

    /// Says it, and as if the answer was lost says it again.
    private mutating func say(_ function: String, _ queue: Int, _ words: [String]) async throws {
        for _ in 0...dice(2) { _ = try await call(function, queue, words) }
    }

    private func refusal(_ function: String, _ queue: Int, _ words: [String]) async -> Bool {
        do { _ = try await call(function, queue, words) } catch { return "\(error)".contains("takes no jobs any more") }
        return false
    }

    private func call(_ function: String, _ queue: Int, _ words: [String]) async throws -> RedisValue {
        var pipeline = RedisPipeline()
        pipeline.add(["FCALL", function, "1", queues[queue].keys.stream] + words)
        let value = try await client.send(pipeline).first
        if let error = value.error { throw error }
        return value
    }
}
