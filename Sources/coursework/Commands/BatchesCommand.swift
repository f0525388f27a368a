import Audit
import Jobs
import Reports

/// `coursework batches`: what became of jobs that belong together.
struct BatchesCommand: AuditedCommand {
    static let name = "batches"
    static let goesThroughServers = true
    static let summary = "list, show, close or cancel batches"
    static let help = """
        Shows how far batches are, closes one whose producer died, or cancels one.

        Usage: coursework batches list [--queue Q] [--limit N] [--json] [--config FILE]
               coursework batches show ID [--json] [--config FILE]
               coursework batches close ID [--reason TEXT] [--json] [--config FILE]
               coursework batches cancel ID [--yes] [--reason TEXT] [--json] [--config FILE]

          ID          queue:token
          --queue Q   only batches of this queue
          --limit N   at most so many of each queue, newest first (default: 20)
          --reason    why, for the audit trail
          --yes       cancel it without being asked
          --json      print JSON

        A batch is open while its producer adds jobs, closed when all are added, and ended when no member
        is pending any more. One that stays open has lost its producer: close it, and its callbacks fire
        when its members have ended, or cancel it. To cancel ends all members that have not ended, running
        ones too, and may be repeated.
        """

    static let actions = ["list": [], "show": [], "close": ["batch.close"], "cancel": ["batch.cancel"]]

    private enum Verb { case list(QueueName?, limit: Int), show(BatchID), close(BatchID), cancel(BatchID) }

    let setup: Setup
    private let verb: Verb
    private let json: Bool
    private let confirmation: Confirmation

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments).impatient
        confirmation = Confirmation(&arguments)
        json = arguments.flag("--json")
        switch arguments.word() {
        case "list":
            let queue = try arguments.option("--queue").map(setup.queue(named:))
            verb = .list(queue, limit: try LimitArgument.read(&arguments, usually: 20, most: 1000))
        case "show": verb = .show(try Self.id(&arguments))
        case "close": verb = .close(try Self.id(&arguments))
        case "cancel": verb = .cancel(try Self.id(&arguments))
        default: throw CommandFailure(.usage, "Say what to do with batches: list, show, close or cancel.")
        }
    }

    private static func id(_ arguments: inout Arguments) throws -> BatchID {
        let text = try arguments.word(orSay: "The batch's id is missing.")
        guard let id = BatchID(text) else {
            throw CommandFailure(
                .usage, "'\(Terminal.printable(text))' is no batch id: write queue:token, for example emails:summer.")
        }
        return id
    }

    var action: String? {
        switch verb {
        case .list, .show: nil
        case .close: "batch.close"
        case .cancel: "batch.cancel"
        }
    }

    func target() -> AuditTarget? {
        switch verb {
        case .list, .show: nil
        case .close(let id), .cancel(let id): .batch("\(id)")
        }
    }

    func confirm() async throws {
        guard case .cancel(let id) = verb, confirmation.isAsked else { return }
        let batch = try await setup.withControl(Self.name) { control, _ in try await control.batch(id) }
        guard let batch, batch.state != "ended" else { return }
        let members = batch.pending == 1 ? "1 member" : "\(batch.pending) members"
        try confirmation.ask("\(members) of the batch \(id) that have not ended would be cancelled, running ones too.")
    }

    func run() async throws {
        try await setup.withControl(Self.name) { control, _ in
            switch verb {
            case .list(let queue, let limit):
                let reports = try await control.batches(of: queue, limit: limit)
                Terminal.print(json ? JSONText.of(reports) : BatchReport.table(reports))
            case .show(let id): try await show(id, control)
            case .close(let id): try await close(id, control)
            case .cancel(let id): try await cancel(id, control)
            }
        }
    }

    private func close(_ id: BatchID, _ control: any Control) async throws {
        _ = try await existing(id, control)
        try await control.close(id)
        try await show(id, control)
    }

    private func cancel(_ id: BatchID, _ control: any Control) async throws {
        let batch = try await existing(id, control)
        guard batch.state != "ended" else { throw CommandFailure(.failed, "\(id) has ended already.") }
        try await control.cancel(id)
        try await show(id, control)
    }

    private func show(_ id: BatchID, _ control: any Control) async throws {
        let report = try await existing(id, control)
        Terminal.print(json ? JSONText.of(report) : report.text)
    }

    private func existing(_ id: BatchID, _ control: any Control) async throws -> BatchReport {
        guard let batch = try await control.batch(id) else {
            throw CommandFailure(.failed, "There is no batch \(id): it was never opened, or it is forgotten already.")
        }
        return batch
    }
}
