/// `dead export`: letters as JSON lines, the oldest first.
struct ExportLetters: DeadVerb {
    static let actions: [String] = []

    private let filter: FilterArguments

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        _ = arguments.flag("--json")
        _ = arguments.flag("--all")
        var filter = try FilterArguments(&arguments, setup)
        try filter.takeIDs(&arguments, setup)
        self.filter = filter
    }

    func run(_ office: DeadOffice) async throws {
        try await office.control.export(filter.selection) { Terminal.write(lines: $0) }
    }
}
