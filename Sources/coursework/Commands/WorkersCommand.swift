import Reports

/// `coursework workers`: who takes jobs.
struct WorkersCommand: Command {
    static let name = "workers"
    static let goesThroughServers = true
    static let summary = "show the workers, what they run, and which servers they do not call"
    static let actions: [String: [String]] = [:]
    static let help = """
        Shows every worker that was heard of in the last ten minutes: where it runs, its pool and queues,
        how many jobs it runs and holds, and the circuit breakers that are not closed. A worker says
        every 5 seconds that it lives; one that said nothing for 15 is silent: it froze, was cut off or
        died. One that ends properly is gone from the list at once.

        Usage: coursework workers [--json] [--config FILE]

          --json   print [{"worker":…,"state":"live|silent","host":…,"pid":…,"pool":…,"queues":[…],
                   "slots":20,"running":0,"held":0,"version":…,"started":…,"seen":…,"silent_ms":0,
                   "breakers":[{"name":…,"state":"closed|open|half-open","failure_ratio":0.5,
                   "open_until":…}]},…]; times are by the clock of Redis
        """

    private let setup: Setup
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        json = arguments.flag("--json")
    }

    func run() async throws {
        let rows = try await setup.withControl(Self.name, functions: false) { control, _ in
            try await control.workers()
        }
        Terminal.print(json ? JSONText.of(rows) : WorkerTable.text(rows))
    }
}
