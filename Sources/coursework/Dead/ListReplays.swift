import DeadLetters
import Reports

/// `dead replays`: the replays that are remembered.
struct ListReplays: DeadVerb {
    static let actions: [String] = []

    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws { json = arguments.flag("--json") }

    func run(_ office: DeadOffice) async throws {
        var states: [ReplayState] = []
        for store in office.stores { states += try await store.replays() }
        states.sort { ($1.begun, $0.id, $0.queue.name) < ($0.begun, $1.id, $1.queue.name) }
        let reports = states.map(ReplayReport.init)
        if json { return Terminal.print(JSONText.of(["replays": reports])) }
        guard !reports.isEmpty else { return Terminal.print("No replay is remembered.") }
        let titles = ["replay", "queue", "state", "begun", "last portion", "replayed", "passed over", "who", "filter"]
        Terminal.print(TextTable.layOut([titles] + reports.map(Self.cells(of:)), left: [0, 1, 2, 3, 4, 7, 8]))
    }

    private static func cells(of report: ReplayReport) -> [String] {
        [
            report.id, report.queue, report.state, "\(report.begun)", "\(report.updated)", "\(report.replayed)",
            "\(report.passedOver)", Terminal.line(report.who, atMost: 40),
            Terminal.line(report.filter.json, atMost: 100),
        ]
    }
}
