import Audit

/// `dead abort`: ends a replay, wherever it is driven.
struct AbortReplay: DeadVerb {
    static let actions = ["dead.abort"]

    private let id: String

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        id = try arguments.word(orSay: "Give the id of a replay, as coursework dead replays prints it.")
    }

    var target: AuditTarget { AuditTarget("replay \(id)") }

    func run(_ office: DeadOffice) async throws {
        var isAborted = false
        for store in office.stores where try await store.abort(replay: id, by: Person.name) { isAborted = true }
        let shown = Terminal.line(id, atMost: 100)
        guard isAborted else { throw CommandFailure(.failed, "No replay \(shown) is running.") }
        Terminal.print("Replay \(shown) is aborted. What it has replayed stays so.")
    }
}
