import JobQueue
import Jobs
import RedisClient
import TestSupport

/// Batches and chains across two queues under everything that may happen to them, step by step, beside a model that says
/// what must be true after each.
struct BatchSimulation {
    static let queueNames: [QueueName] = ["a", "b"]
    static let workers = (1...3).map { WorkerID(host: "worker", process: Int32($0)) }
    private static let steps = 140

    let client: RedisClient
    let queues: [JobQueue]
    var random: SeededGenerator
    var batches: [String: ModelBatch] = [:]
    var members: [String: ModelMember] = [:]
    var held: [(job: ClaimedJob, queue: Int, worker: WorkerID)] = []
    /// What was on its way to another queue when whoever carried it stood still.
    var late: [RedisPipeline] = []
    var replays = 0
    private var names = 0

    init(seed: UInt64, client: RedisClient) {
        self.client = client
        queues = Self.queueNames.map { JobQueue($0, client: client) }
        random = SeededGenerator(seed: seed)
    }

    /// - Throws: `BatchViolation` for what must not be.
    mutating func run() async throws {
        _ = try await client.call("FLUSHALL")
        for queue in queues { for worker in Self.workers { try await queue.join(worker) } }
        for _ in 0..<Self.steps {
            try await step()
            try await compare()
        }
        try await drain()
    }

    private mutating func step() async throws {
        switch dice(20) {
        case 0: try await open()
        case 1...4: try await add()
        case 5: try await close()
        case 6...9: try await claim()
        case 10...13: try await endOne()
        case 14: try await crash()
        case 15: try await cancelJob()
        case 16: if dice(3) == 0 { try await cancelBatch() }
        case 17: try await replay()
        case 18: try await carryHalfWay()
        default: for queue in queues { _ = try await queue.promote() }
        }
        if dice(3) == 0 { for queue in queues { try await queue.carryOver() } }
    }

    mutating func name(_ kind: String) -> String {
        names += 1
        return "\(kind)\(names)"
    }

    mutating func anyBatch(where suits: (ModelBatch) -> Bool) -> ModelBatch? {
        batches.values.filter(suits).sorted { $0.token < $1.token }.randomElement(using: &random)
    }

    mutating func dice(_ sides: Int) -> Int { Int.random(in: 0..<sides, using: &random) }

    // MARK: What follows

    mutating func expect(_ token: String, in queue: Int, batch: String? = nil, links: [ModelLink] = []) throws {
        guard members[token] == nil else { throw BatchViolation("\(token) is enqueued a second time") }
        members[token] = ModelMember(token: token, queue: queue, batch: batch, links: links)
        if let batch { batches[batch]?.members[token] = .pending }
    }

    mutating func ended(_ token: String, _ fate: ModelBatch.Fate) throws {
        guard let member = members[token] else { throw BatchViolation("\(token) ended and was never enqueued") }
        members[token]?.state = fate == .dead ? .dead : .ended
        members[token]?.isCancelled = false
        let stopsChain = member.batch.flatMap { batches[$0]?.isCancelled } ?? false
        if fate == .done, !stopsChain, let next = member.links.first {
            let batch = next.queue == member.queue ? member.batch : nil
            try expect(next.token, in: next.queue, batch: batch, links: Array(member.links.dropFirst()))
        }
        if let batch = member.batch { try happened(batches[batch]?.note(token, fate) ?? [], to: batch) }
    }

    mutating func happened(_ events: [String], to batch: String) throws {
        for event in events {
            if let queue = batches[batch]?.callbacks[event] { try expect("\(batch)-\(event)", in: queue) }
        }
    }

    // MARK: Checks

    func compare() async throws {
        for model in batches.values {
            guard let id = BatchID(queue: Self.queueNames[model.queue], token: model.token),
                let batch = try await queues[model.queue].batch(id)
            else { throw BatchViolation("the batch \(model.token) is gone") }
            let found = [batch.pending, batch.done, batch.dead, batch.other]
            let right = [ModelBatch.Fate.pending, .done, .dead, .other].map(model.count)
            guard found == right else { throw BatchViolation("\(model.token) has \(found) instead of \(right)") }
            guard (batch.state == .ended) == model.hasEnded else {
                throw BatchViolation(
                    "\(model.token) is \(batch.state) and should be \(model.hasEnded ? "" : "not ")ended")
            }
        }
    }

    /// Lets everything end, and nothing may be missing.
    private mutating func drain() async throws {
        for batch in batches.values where !batch.isClosed { try await close(batch.token) }
        var quiet = 0
        while quiet < 3 {
            for queue in queues {
                try await queue.carryOver()
                _ = try await queue.promote()
            }
            while !held.isEmpty { try await endOne(calmly: true) }
            for queue in queues.indices { try await claim(from: queue, count: 50) }
            quiet = held.isEmpty ? quiet + 1 : 0
        }
        try await compare()
        let missing = members.values.filter { $0.state == .waiting || $0.state == .held }.map(\.token).sorted()
        guard missing.isEmpty else { throw BatchViolation("never came: \(missing)") }
        for batch in batches.values where !batch.hasEnded { throw BatchViolation("\(batch.token) has not ended") }
    }
}

/// What must not be, and is.
struct BatchViolation: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
