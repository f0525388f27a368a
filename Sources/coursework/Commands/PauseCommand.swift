import Audit

/// `coursework pause`: no job of a queue, or of one type in it, begins any more.
struct PauseCommand: AuditedCommand {
    static let name = "pause"
    static let goesThroughServers = true
    static let summary = "begin no job of a queue, or of one type in it"
    static let help = """
        Lets no job of a queue begin, on any worker, from about a second later on; those that run go on.
        Jobs can be enqueued as before, and wait. With --type only jobs of that type wait, and let the
        others pass.

        Usage: coursework pause QUEUE [--type TYPE [--unchecked]] [--reason TEXT] [--config FILE]

          --type TYPE   only jobs of this type
          --unchecked   also a type that this program does not know
          --reason      why, for the audit trail

        coursework queues and coursework doctor show what is paused; coursework resume ends it.
        """

    static let actions = ["": ["queue.pause"]]

    var setup: Setup { switching.setup }
    private let switching: PauseSwitch

    init(_ arguments: inout Arguments) throws {
        let isUnchecked = arguments.flag("--unchecked")
        switching = try PauseSwitch(&arguments, isUnchecked: isUnchecked)
        if !isUnchecked { try switching.checkType() }
    }

    var action: String? { "queue.pause" }

    func target() -> AuditTarget? { switching.target }

    func run() async throws {
        let what = switching.description
        let isNew = try await switching.set(paused: true)
        Terminal.print(isNew ? "\(what) is paused" : "\(what) was paused already")
    }
}
