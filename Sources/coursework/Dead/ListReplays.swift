import DeadLetters
import Reports

/// `dead replays`: the replays that are remembered.
struct ListReplays: DeadVerb {
    static let actions: [String] = []

    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws { json = arguments.flag("--json") }

    func run(_ office: DeadOffice) async throws {
        let reports = try await office.control.replays()
        if json { return Terminal.print(JSONText.of(["replays": reports])) }
        guard !reports.isEmpty else { return Terminal.print("No replay is remembered.") }
        let titles = ["replay", "queue", "state", "begun", "last portion", "replayed", "passed over", "who", "filter"]
        Terminal.print(TextTable.layOut([titles] + reports.map(Self.cells(of:)), left: [0, 1, 2, 3, 4, 7, 8]))
    }

    private static func cells(of report: ReplayReport) -> [String] {
        [
            Terminal.line(report.id), Terminal.line(report.queue), report.state, "\(report.begun)", "\(report.updated)",
            "\(report.replayed)",
            "\(report.passedOver)", Terminal.line(report.who, atMost: 40),
            Terminal.line(report.filter.json, atMost: 100),
        ]
    }
}
