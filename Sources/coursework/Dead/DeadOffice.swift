import DeadLetters
import Platform

/// What a verb of `coursework dead` works with.
struct DeadOffice {
    let setup: Setup
    let control: any Control
    let loop: EventLoop

    static func id(_ text: String) throws -> LetterID {
        guard let id = LetterID(text) else {
            throw CommandFailure(
                .usage,
                "'\(Terminal.line(text, atMost: 200))' is no id of a dead letter: write queue:token, for example emails:1731-0."
            )
        }
        return id
    }
}
