import DeadLetters
import Reports

/// `dead show`: one letter with all that is known of it.
struct ShowLetter: DeadVerb {
    static let actions: [String] = []

    private let id: LetterID
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        json = arguments.flag("--json")
        let word = try arguments.word(orSay: "Give the id of one dead letter.")
        id = try DeadOffice.id(word)
        _ = try setup.queue(named: id.queue.name)
    }

    func run(_ office: DeadOffice) async throws {
        let letter = try await office.control.letter(id)
        Terminal.print(json ? JSONText.of(letter) : LetterText(letter: letter).text)
    }
}
