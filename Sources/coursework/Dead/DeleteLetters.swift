import Audit
import DeadLetters

/// `dead delete`: ends letters for good.
struct DeleteLetters: DeadVerb {
    static let actions = ["dead.delete"]
    static let endsGently = true

    private let filter: FilterArguments
    private let rate: ReplayRate?
    private let isDryRun: Bool
    private let json: Bool
    private let confirmation: LetterConfirmation

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        rate = try RateArgument.read(&arguments)
        isDryRun = arguments.flag("--dry-run")
        json = arguments.flag("--json")
        confirmation = try LetterConfirmation(&arguments)
        let all = arguments.flag("--all")
        var filter = try FilterArguments(&arguments, setup)
        try filter.takeIDs(&arguments, setup)
        self.filter = filter
        guard !filter.isEmpty || all else {
            throw CommandFailure(.usage, "That would delete all dead letters: say which, or --all.")
        }
    }

    var action: String? { isDryRun ? nil : Self.actions[0] }

    var target: AuditTarget { filter.target }

    var asks: Bool { !isDryRun && confirmation.asks }

    func confirm(_ office: DeadOffice) async throws {
        try await confirmation.ask(filter.selection, to: "delete", "deleted", office.control)
    }

    func run(_ office: DeadOffice) async throws {
        if isDryRun {
            let text = SummaryText(summary: try await office.control.summary(of: filter.selection, to: "delete"))
            return Terminal.print(json ? text.json : text.text("deleted"))
        }
        let ending = try Ending(on: office.loop)
        let deleted = try await office.control.delete(filter.selection, rate: rate) { !ending.hasBegun }
        Terminal.print(json ? "{\"deleted\":\(deleted)}" : "\(Count.ofLetters(deleted)) deleted.")
        if ending.hasBegun { throw CommandFailure(.failed, "Stopped; the same command goes on.") }
    }
}
