import DeadLetters
import Jobs

/// `dead replays`: the replays that are remembered.
struct ListReplays: DeadVerb {
    private struct Report: Encodable {
        let id: String
        let queue: String
        let state: String
        let examined: Int
        let replayed: Int
        let passedOver: Int
        let begun: Timestamp
        let updated: Timestamp
        let who: String
        let endedBy: String?
        let rate: String?
        let filter: DeadFilter

        init(_ state: ReplayState) {
            id = state.id
            queue = state.queue.name
            self.state = state.phase.rawValue
            examined = state.examined
            replayed = state.replayed
            passedOver = state.passedOver
            begun = Timestamp(milliseconds: state.begun)
            updated = Timestamp(milliseconds: state.updated)
            who = state.who
            endedBy = state.endedBy
            rate = state.rate
            filter = state.filter
        }

        var cells: [String] {
            [
                id, queue, state, "\(begun)", "\(updated)", "\(replayed)", "\(passedOver)",
                Terminal.line(who, atMost: 40),
            ]
                + [Terminal.line(filter.json, atMost: 100)]
        }
    }

    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws { json = arguments.flag("--json") }

    func run(_ office: DeadOffice) async throws {
        var states: [ReplayState] = []
        for store in office.stores { states += try await store.replays() }
        states.sort { ($1.begun, $0.id, $0.queue.name) < ($0.begun, $1.id, $1.queue.name) }
        let reports = states.map(Report.init)
        if json { return Terminal.print(JSONText.of(["replays": reports])) }
        guard !reports.isEmpty else { return Terminal.print("No replay is remembered.") }
        let titles = ["replay", "queue", "state", "begun", "last portion", "replayed", "passed over", "who", "filter"]
        Terminal.print(TextTable.layOut([titles] + reports.map(\.cells), left: [0, 1, 2, 3, 4, 7, 8]))
    }
}
