/// `coursework resume`: ends what `pause` began.
struct ResumeCommand: Command {
    static let name = "resume"
    static let summary = "go on with a paused queue, or a type in it"
    static let help = """
        Goes on with a queue that was paused, or with one type in it. What waited meanwhile runs now, in
        its order.

        Usage: coursework resume QUEUE [--type TYPE] [--config FILE]
        """

    private let switching: PauseSwitch

    init(_ arguments: inout Arguments) throws { switching = try PauseSwitch(&arguments) }

    func run() async throws {
        let (target, what) = (switching.what, switching.description)
        let wasPaused = try await switching.withQueue { try await $0.resume(target) }
        if !wasPaused { try switching.checkType() }
        Terminal.print(wasPaused ? "\(what) is resumed" : "\(what) was not paused")
    }
}
