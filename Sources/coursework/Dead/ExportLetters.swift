import DeadLetters

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
        let filter = try await filter.filter(office)
        try await office.check(filter)
        let now = try await office.now()
        for store in office.stores(for: filter) {
            var scan = LetterScan(store, filter, .oldestFirst, until: now)
            while let portion = try await scan.next() {
                let lines = portion.letters.map { LetterLine.text(of: $0) + "\n" }
                Terminal.print(lines.joined(), terminator: "")
            }
        }
    }
}
