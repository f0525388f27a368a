import Audit

/// `dead abort`: ends a replay, wherever it is driven.
struct AbortReplay: DeadVerb {
    static let actions = ["dead.abort"]

    private let id: String

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        id = try arguments.word(orSay: "Give the id of a replay, as coursework dead replays prints it.")
    }

    var target: AuditTarget { .replay(id) }

    func run(_ office: DeadOffice) async throws {
        let isAborted = try await office.control.abort(id)
        let shown = Terminal.line(id, atMost: 100)
        guard isAborted else { throw CommandFailure(.failed, "No replay \(shown) is running.") }
        Terminal.print("Replay \(shown) is aborted. What it has replayed stays so.")
    }
}
