import DeadLetters
import Jobs

/// `dead groups`: what jobs died of.
struct ListGroups: DeadVerb {
    /// Groups that are looked at of each queue: those that grew last.
    private static let groupsRead = 1000

    private struct Report: Encodable {
        let group: String
        let queue: String
        let count: Int
        let type: String
        let kind: String
        let reason: String
        /// Of the first letter, and what all of them have in common of it.
        let message: String
        let pattern: String
        let first: Timestamp
        let last: Timestamp

        init(_ group: LetterGroup) {
            self.group = group.fingerprint
            queue = group.queue.name
            count = group.count
            type = group.type
            kind = group.kind
            reason = group.reason
            message = group.message
            pattern = group.pattern
            first = Timestamp(milliseconds: group.firstMilliseconds)
            last = Timestamp(milliseconds: group.lastMilliseconds)
        }

        var cells: [String] {
            [group, "\(count)", queue, Terminal.line(type, atMost: 64), "\(last)"]
                + [Terminal.line(kind.isEmpty ? pattern : "\(kind): \(pattern)", atMost: 100)]
        }
    }

    private let filter: FilterArguments
    private let limit: Int
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        filter = try FilterArguments(&arguments, setup)
        guard !filter.looksInside else {
            throw CommandFailure(.usage, "Groups are not told apart by --attempts or --field; dead list is.")
        }
        limit = try LimitArgument.read(&arguments)
        json = arguments.flag("--json")
    }

    func run(_ office: DeadOffice) async throws {
        let filter = try await filter.filter(office)
        var groups: [LetterGroup] = []
        for store in office.stores(for: filter) {
            groups += try await store.groups(limit: Self.groupsRead).filter { filter.matches($0) }
        }
        groups.sort { ($1.count, $0.fingerprint) < ($0.count, $1.fingerprint) }
        let reports = groups.prefix(limit).map(Report.init)
        if json { return Terminal.print(JSONText.of(["groups": reports])) }
        guard !reports.isEmpty else { return Terminal.print("There is no dead letter of that kind.") }
        let titles = ["group", "letters", "queue", "type", "last", "error"]
        Terminal.print(TextTable.layOut([titles] + reports.map(\.cells), left: [0, 2, 3, 4, 5]))
    }
}
