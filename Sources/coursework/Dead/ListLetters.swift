import Reports

/// `dead list`: the letters that were buried last.
struct ListLetters: DeadVerb {
    static let actions: [String] = []

    private let filter: FilterArguments
    private let limit: Int
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        filter = try FilterArguments(&arguments, setup)
        limit = try LimitArgument.read(&arguments)
        json = arguments.flag("--json")
    }

    func run(_ office: DeadOffice) async throws {
        let report = try await office.control.letters(filter.selection, limit: limit)
        if json { return Terminal.print(JSONText.of(report)) }
        guard !report.letters.isEmpty else { return Terminal.print("There is no such dead letter.") }
        Terminal.print(Self.table(report.letters))
        if report.more { Terminal.print("The latest \(limit); there are more (--limit).") }
    }

    private static func table(_ letters: [LetterReport]) -> String {
        let rows = letters.map { letter in
            [
                "\(letter.buried)", Terminal.line(letter.id, atMost: 100),
                Terminal.line(letter.type, atMost: 64), Terminal.line(letter.reason, atMost: 20), "\(letter.attempt)",
                Terminal.line(letter.error, atMost: 100),
            ]
        }
        return TextTable.layOut(
            [["buried", "id", "type", "reason", "attempt", "error"]] + rows, left: [0, 1, 2, 3, 5])
    }
}
