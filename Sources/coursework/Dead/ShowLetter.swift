import Audit
import DeadLetters
import Reports

/// `dead show`: one letter with all that is known of it.
struct ShowLetter: DeadVerb {
    static let actions = ["dead.open"]

    private let id: LetterID
    /// Whether what is sealed is shown in the clear.
    private let opens: Bool
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        opens = arguments.flag("--open")
        json = arguments.flag("--json")
        let word = try arguments.word(orSay: "Give the id of one dead letter.")
        id = try DeadOffice.id(word)
        _ = try setup.queue(named: id.queue.name)
    }

    var action: String? { opens ? Self.actions[0] : nil }

    var target: AuditTarget { AuditTarget(jobs: ["\(id)"]) }

    func run(_ office: DeadOffice) async throws {
        let letter = try await office.control.letter(id, opened: opens)
        Terminal.print(json ? JSONText.of(letter) : LetterText(letter: letter).text)
    }
}
