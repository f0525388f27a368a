import Reports

/// `dead groups`: what jobs died of.
struct ListGroups: DeadVerb {
    static let actions: [String] = []

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
        let reports = try await office.control.groups(filter.selection, limit: limit)
        if json { return Terminal.print(JSONText.of(["groups": reports])) }
        guard !reports.isEmpty else { return Terminal.print("There is no dead letter of that kind.") }
        let titles = ["group", "letters", "queue", "type", "last", "error"]
        Terminal.print(TextTable.layOut([titles] + reports.map(Self.cells(of:)), left: [0, 2, 3, 4, 5]))
    }

    private static func cells(of report: GroupReport) -> [String] {
        let cause = report.kind.isEmpty ? report.pattern : "\(report.kind): \(report.pattern)"
        return [
            Terminal.line(report.group), "\(report.count)", Terminal.line(report.queue),
            Terminal.line(report.type, atMost: 64), "\(report.last)",
            Terminal.line(cause, atMost: 100),
        ]
    }
}
