import DeadLetters
import Reports

/// Whether somebody means exactly the letters that a selection means now: between a look and an order some come, and others
/// go.
struct LetterConfirmation {
    private let confirmation: Confirmation
    /// What a dry run said: how many, and a hash of which.
    private let expected: String?

    init(_ arguments: inout Arguments) throws {
        confirmation = Confirmation(&arguments)
        expected = try arguments.option("--confirm")
        guard expected == nil || confirmation.isAsked else {
            throw CommandFailure(.usage, "--confirm means certain letters, and --yes whichever there are: give one.")
        }
    }

    /// Whether there is anything to find out.
    var asks: Bool { confirmation.isAsked }

    /// Whether certain letters are meant.
    var isExact: Bool { expected != nil }

    /// - Parameters:
    ///   - verb: delete or replay.
    ///   - done: the same of what is done: deleted, replayed.
    func ask(_ selection: LetterSelection, to verb: String, _ done: String, _ control: any Control) async throws {
        let shown = try await control.summary(of: selection, to: verb)
        if let expected {
            guard shown.confirm == expected else { throw Self.stale(shown) }
            return
        }
        guard shown.count > 0 else { return }
        try confirmation.ask(SummaryText(summary: shown).text(done))
        let now = try await control.summary(of: selection, to: verb)
        guard now.confirm == shown.confirm else { throw Self.stale(now) }
    }

    private static func stale(_ now: SummaryReport) -> CommandFailure {
        CommandFailure(
            .failed,
            "Nothing was changed: these are other letters than those that were confirmed, \(now.count) now. Look again with --dry-run."
        )
    }
}
