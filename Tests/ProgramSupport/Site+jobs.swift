internal import Foundation
internal import TestSupport

/// A worker's and a producer's life at a site.
extension Site {
    /// Starts a worker and waits until it takes jobs.
    public func startWorker(_ words: String...) async throws -> Program {
        let worker = try await start(program: Product.command, ["work", "--diagnostics"] + words)
        _ = try await worker.errors.first(containing: #""message":"ready""#)
        return worker
    }

    /// Enqueues as the contract for other languages says, and asks for the job to be tracked.
    /// - Returns: the job's token.
    public func add(_ type: String, _ args: String = "{}", to queue: String = "default") async throws -> String {
        try await redis("XADD", "cw:{\(queue)}", "*", "type", type, "track", "600000", "args", args)
    }

    /// Waits for the end of a tracked job; Redis wakes us.
    /// - Returns: done, discarded or dead.
    public func end(of token: String, in queue: String = "default") async throws -> String {
        let key = "cw:{\(queue)}:job:\(token):end"
        return try await redis("BLMOVE", key, key, "LEFT", "LEFT", "40")
    }

    public struct DeadLetter: Equatable {
        public var reason: String
        public var error: String

        public init(reason: String, error: String) {
            self.reason = reason
            self.error = error
        }
    }

    public func deadLetter(_ token: String, in queue: String = "default") async throws -> DeadLetter {
        let script = """
            local fields, job = cmsgpack.unpack(redis.call('HGET', KEYS[1], ARGV[1])), {}
            for index = 1, #fields, 2 do job[fields[index]] = fields[index + 1] end
            return {job.reason, job.error}
            """
        let lines = try await redis("EVAL", script, "1", "cw:{\(queue)}:dead:jobs", token)
            .split(separator: "\n", maxSplits: 1).map(String.init)
        guard lines.count == 2 else { throw TestFailure("\(token) is no dead letter: \(lines)") }
        return DeadLetter(reason: lines[0], error: lines[1])
    }

    /// Waits until so many jobs of the queue are held by workers.
    public func untilActive(_ count: Int, in queue: String = "default") async throws {
        try await eventually("\(count) active jobs") {
            let pending = try await redis("XPENDING", "cw:{\(queue)}", "workers", "-", "+", "100")
            return pending.split(separator: "\n").count { $0.contains(":") } == count
        }
    }

    public struct Lease {
        public let holder: String
        public let deliveries: Int
    }

    public func lease(of entry: String, in queue: String = "default") async throws -> Lease {
        let lines = try await redis("XPENDING", "cw:{\(queue)}", "workers", entry, entry, "1")
            .split(separator: "\n").map(String.init)
        guard lines.count == 4, let deliveries = Int(lines[3]) else { throw TestFailure("\(entry): \(lines)") }
        return Lease(holder: lines[1], deliveries: deliveries)
    }

    /// What `coursework queues --json` says of one queue.
    public func state(of queue: String = "default") async throws -> QueueState {
        let finished = try await run("queues", "--json")
        let queues = try JSONDecoder().decode([String: QueueState].self, from: Data(finished.output.utf8))
        guard let state = queues[queue] else { throw TestFailure("no queue \(queue): \(finished)") }
        return state
    }
}

public struct QueueState: Decodable, Equatable {
    public var ready: Int
    public var active: Int
    public var scheduled: Int
    public var retrying: Int
    public var dead: Int

    public init(ready: Int = 0, active: Int = 0, scheduled: Int = 0, retrying: Int = 0, dead: Int = 0) {
        self.ready = ready
        self.active = active
        self.scheduled = scheduled
        self.retrying = retrying
        self.dead = dead
    }
}
