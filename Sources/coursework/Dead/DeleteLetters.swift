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

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        rate = try RateArgument.read(&arguments)
        isDryRun = arguments.flag("--dry-run")
        json = arguments.flag("--json")
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

    func run(_ office: DeadOffice) async throws {
        let filter = try await filter.filter(office)
        try await office.check(filter)
        if isDryRun {
            let text = SummaryText(summary: try await office.summary(of: filter))
            return Terminal.print(json ? text.json : text.text("deleted"))
        }
        let ending = try Ending(on: office.loop)
        let deletion = Deletion(
            filter, in: office.stores, rate: rate, until: try await office.now(), loop: office.loop)
        let deleted = try await deletion.run { _ in !ending.hasBegun }
        office.setup.note.count("deleted", deleted)
        Terminal.print(json ? "{\"deleted\":\(deleted)}" : "\(Count.ofLetters(deleted)) deleted.")
        if ending.hasBegun { throw CommandFailure(.failed, "Stopped; the same command goes on.") }
    }
}
