import Reports

/// `coursework limits`: what is limited, and what waits for it.
struct LimitsCommand: Command {
    static let name = "limits"
    static let goesThroughServers = true
    static let summary = "show the limits of jobs, and how many wait for them"
    static let actions: [String: [String]] = [:]
    static let help = """
        Shows the limits that jobs asked for in the last ten minutes, per queue: how many jobs run of how
        many that may at once, the rate, how many wait, and when the rate lets the next one begin.

        Usage: coursework limits [--json] [--config FILE]

          --json    print one JSON array: [{"key":"policy:email.send","queue":"emails","running":2,
                    "concurrency":5,"rate":"100/1m","burst":1,"waiting":40,"next_ms":0},…]

        Limits are set in the configuration (policies) or by the type of the job: see the README.
        """

    private let setup: Setup
    private let json: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        json = arguments.flag("--json")
    }

    func run() async throws {
        let reports = try await setup.withControl(Self.name) { control, _ in try await control.limits() }
        Terminal.print(json ? JSONText.of(reports) : LimitReport.text(reports))
    }
}
