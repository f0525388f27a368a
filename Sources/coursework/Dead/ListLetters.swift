import DeadLetters
import Jobs

/// `dead list`: the letters that were buried last.
struct ListLetters: DeadVerb {
    private struct Report: Encodable {
        let letters: [LetterReport]
        /// Whether there are letters beyond the limit.
        let more: Bool
    }

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
        var found: [DeadLetter] = []
        for store in office.stores(for: filter) { found += try await latest(of: store, filter) }
        found.sort { ($1.buriedMilliseconds, $0.id.description) < ($0.buriedMilliseconds, $1.id.description) }
        let shown = Array(found.prefix(limit))
        if json {
            return Terminal.print(JSONText.of(Report(letters: shown.map(LetterReport.init), more: found.count > limit)))
        }
        guard !shown.isEmpty else { return Terminal.print("There is no such dead letter.") }
        Terminal.print(Self.table(shown))
        if found.count > limit { Terminal.print("The latest \(limit); there are more (--limit).") }
    }

    /// One more than the limit tells that there are more.
    private func latest(of store: LetterStore, _ filter: DeadFilter) async throws -> [DeadLetter] {
        var found: [DeadLetter] = []
        var scan = LetterScan(store, filter, .latestFirst)
        while found.count <= limit, let portion = try await scan.next() { found += portion.letters }
        return Array(found.prefix(limit + 1))
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
