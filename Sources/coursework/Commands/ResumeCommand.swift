import Audit

/// `coursework resume`: ends what `pause` began.
struct ResumeCommand: AuditedCommand {
    static let name = "resume"
    static let goesThroughServers = true
    static let summary = "go on with a paused queue, or a type in it"
    static let help = """
        Goes on with a queue that was paused, or with one type in it. What waited meanwhile runs now, in
        its order.

        Usage: coursework resume QUEUE [--type TYPE] [--reason TEXT] [--config FILE]
        """

    static let actions = ["": ["queue.resume"]]

    var setup: Setup { switching.setup }
    private let switching: PauseSwitch

    init(_ arguments: inout Arguments) throws { switching = try PauseSwitch(&arguments) }

    var action: String? { "queue.resume" }

    func target() -> AuditTarget? { switching.target }

    func run() async throws {
        let what = switching.description
        let wasPaused = try await switching.set(paused: false)
        if !wasPaused { try switching.checkType() }
        Terminal.print(wasPaused ? "\(what) is resumed" : "\(what) was not paused")
    }
}
