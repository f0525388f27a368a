import DeadLetters
import Jobs
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
        let filter = try await filter.filter(office)
        let (shown, more) = try await office.letters.latest(filter, limit: limit)
        if json {
            return Terminal.print(JSONText.of(LettersReport(shown, more: more)))
        }
        guard !shown.isEmpty else { return Terminal.print("There is no such dead letter.") }
        Terminal.print(Self.table(shown))
        if more { Terminal.print("The latest \(limit); there are more (--limit).") }
    }

    private static func table(_ letters: [DeadLetter]) -> String {
        let rows = letters.map { letter in
            [
                "\(Timestamp(milliseconds: letter.buriedMilliseconds))", Terminal.line("\(letter.id)", atMost: 100),
                Terminal.line(letter.type, atMost: 64), Terminal.line(letter.reason, atMost: 20), "\(letter.attempt)",
                Terminal.line(letter.error, atMost: 100),
            ]
        }
        return TextTable.layOut(
            [["buried", "id", "type", "reason", "attempt", "error"]] + rows, left: [0, 1, 2, 3, 5])
    }
}
