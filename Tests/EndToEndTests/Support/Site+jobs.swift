import Foundation

/// A worker's and a producer's life at a site.
extension Site {
    /// Starts a worker and waits until it takes jobs.
    func startWorker(_ words: String...) async throws -> Program {
        let worker = try await start(program: Product.command, ["work", "--diagnostics"] + words)
        _ = try await worker.errors.first(containing: #""message":"ready""#)
        return worker
    }

    /// Enqueues as the contract for other languages says, and asks for the job to be tracked.
    /// - Returns: the job's token.
    func add(_ type: String, _ args: String = "{}", to queue: String = "default") async throws -> String {
        try await redis("XADD", "cw:{\(queue)}", "*", "type", type, "track", "600000", "args", args)
    }

    /// Waits for the end of a tracked job; Redis wakes us.
    /// - Returns: done, discarded or dead.
    func end(of token: String, in queue: String = "default") async throws -> String {
        let key = "cw:{\(queue)}:job:\(token):end"
        return try await redis("BLMOVE", key, key, "LEFT", "LEFT", "40")
    }

    struct DeadLetter: Equatable {
        var reason: String
        var error: String
    }

    func deadLetter(_ token: String, in queue: String = "default") async throws -> DeadLetter {
        let script = """
            local fields, job = cmsgpack.unpack(redis.call('HGET', KEYS[1], ARGV[1])), {}
            for index = 1, #fields, 2 do job[fields[index]] = fields[index + 1] end
            return {job.reason, job.error}
            """
        let lines = try await redis("EVAL", script, "1", "cw:{\(queue)}:dead:jobs", token)
            .split(separator: "\n", maxSplits: 1).map(String.init)
        guard lines.count == 2 else { throw Unexpected("\(token) is no dead letter: \(lines)") }
        return DeadLetter(reason: lines[0], error: lines[1])
    }

    /// What `coursework queues --json` says of one queue.
    func state(of queue: String = "default") async throws -> QueueState {
        let finished = try await run("queues", "--json")
        let queues = try JSONDecoder().decode([String: QueueState].self, from: Data(finished.output.utf8))
        guard let state = queues[queue] else { throw Unexpected("no queue \(queue): \(finished)") }
        return state
    }

    /// Names of the files in the mail folder.
    var mail: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder + "/data/mail")) ?? []).sorted()
    }
}

struct QueueState: Decodable, Equatable {
    var ready = 0
    var active = 0
    var scheduled = 0
    var retrying = 0
    var dead = 0
}
