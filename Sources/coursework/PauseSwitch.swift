import JobQueue
import Jobs
import Platform
import RedisClient

/// What `pause` and `resume` are told, and how they reach it.
struct PauseSwitch: CustomStringConvertible {
    let what: Pausable
    private let queue: QueueName
    private let setup: Setup

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        let type = try arguments.option("--type")
        guard let name = arguments.word() else { throw CommandFailure(.usage, "The queue is missing.") }
        queue = try setup.queue(named: name)
        guard let type else {
            what = .queue
            return
        }
        guard let known = JobType(type) else {
            throw CommandFailure(.usage, "'\(type)' is no job type: write domain.verb, for example email.send.")
        }
        what = .type(known)
    }

    var description: String {
        switch what {
        case .queue: "\(queue)"
        case .type(let type): "\(type) in \(queue)"
        }
    }

    func withQueue<Answer>(_ body: (JobQueue) async throws -> Answer) async throws -> Answer {
        let loop = try EventLoop()
        let client = RedisClient(try setup.redis, name: "coursework-pause", loop: loop)
        defer { client.close() }
        try await FunctionLibrary(client: client).ensure()
        return try await body(JobQueue(queue, client: client))
    }
}
