import Audit
import JobQueue
import Jobs

/// What `pause` and `resume` are told, and how they reach it.
struct PauseSwitch: CustomStringConvertible {
    let what: Pausable
    private let queue: QueueName
    let setup: Setup

    init(_ arguments: inout Arguments, isUnchecked: Bool = false) throws {
        setup = try Setup(&arguments).impatient
        guard !isUnchecked || setup.server == nil else {
            throw CommandFailure(.usage, "A server checks every type: leave out --unchecked.")
        }
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

    var target: AuditTarget {
        if case .type(let type) = what { .queue(queue.name, type: type.name) } else { .queue(queue.name) }
    }

    /// A misspelt type would be paused, and its jobs go on.
    func checkType() throws {
        guard case .type(let type) = what, setup.server == nil else { return }
        let registry = try setup.registry(diagnostics: true, logger: .silent)
        guard registry[type] == nil else { return }
        throw CommandFailure.noType(type, known: registry.jobs.keys.map(\.name).sorted())
    }

    /// - Returns: whether it was not so already.
    func set(paused isPaused: Bool) async throws -> Bool {
        try await setup.withControl("pause") { control, _ in try await control.setPaused(isPaused, what, in: queue) }
    }
}
