import JobQueue
import Jobs

/// What `pause` and `resume` are told, and how they reach it.
struct PauseSwitch: CustomStringConvertible {
    let what: Pausable
    private let queue: QueueName
    let setup: Setup

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        let type = try arguments.option("--type").map(setup.type(named:))
        let name = try arguments.word(orSay: "The queue is missing.")
        queue = try setup.queue(named: name)
        what = type.map(Pausable.type) ?? .queue
    }

    var description: String {
        switch what {
        case .queue: "\(queue)"
        case .type(let type): "\(type) in \(queue)"
        }
    }

    /// A misspelt type would be paused, and its jobs go on.
    func checkType() throws {
        guard case .type(let type) = what else { return }
        let registry = try setup.registry(diagnostics: true, logger: .silent)
        guard registry[type] == nil else { return }
        let known = registry.jobs.keys.map(\.name).sorted().joined(separator: ", ")
        throw CommandFailure(.usage, "No registered job type is called '\(type)'; there is \(known).")
    }

    func withQueue<Answer>(_ body: (JobQueue) async throws -> Answer) async throws -> Answer {
        try await setup.withRedis("pause") { client, _ in try await body(JobQueue(queue, client: client)) }
    }
}
