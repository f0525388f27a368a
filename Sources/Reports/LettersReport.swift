package import DeadLetters

/// Dead letters as `dead list --json` prints them.
package struct LettersReport: Codable {
    package let letters: [LetterReport]
    /// Whether there are letters beyond the limit.
    package let more: Bool

    package init(_ letters: [DeadLetter], more: Bool) {
        self.letters = letters.map(LetterReport.init)
        self.more = more
    }
}
