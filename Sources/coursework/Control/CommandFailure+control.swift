import DeadLetters
import Jobs

/// What is said in the same words, whether Redis or a server found it out.
extension CommandFailure {
    static func noQueue(_ name: String, known: [String]) -> Self {
        Self(.usage, "There is no queue '\(name)' in the configuration; there is \(known.joined(separator: ", ")).")
    }

    static func noType(_ type: JobType, known: [String]) -> Self {
        Self(.usage, "No registered job type is called '\(type)'; there is \(known.joined(separator: ", ")).")
    }

    static func noSchedule(_ name: String, known: [String]) -> Self {
        let hint = known.isEmpty ? "there is none" : "there is \(known.joined(separator: ", "))"
        return Self(.usage, "There is no schedule '\(Terminal.line(name))' in the configuration; \(hint).")
    }

    static func untracked(_ id: JobID) -> Self {
        Self(
            .failed,
            "\(id) was enqueued before with this key and without --track: its end cannot be waited for.")
    }

    static func noLetter(_ id: LetterID) -> Self {
        let shown = Terminal.line("\(id)", atMost: 200)
        return Self(.failed, "There is no dead letter \(shown): it was replayed or deleted, or never was one.")
    }

    static func letterGone(_ id: LetterID) -> Self {
        Self(.failed, "\(Terminal.line("\(id)")) was replayed or deleted meanwhile; nothing was changed.")
    }

    static func letterChanged(_ id: LetterID) -> Self {
        let id = Terminal.line("\(id)")
        return Self(
            .failed, "Somebody else edited \(id) meanwhile; nothing was changed. See coursework dead show \(id).")
    }

    static let halfImported =
        "Some letters may be imported and others not: mend what is wrong and run the command again, which "
        + "leaves those that are there."
}
