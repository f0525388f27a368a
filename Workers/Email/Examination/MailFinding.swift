/// What one check of mail found.
package struct MailFinding: Sendable, Equatable {
    package enum State: Sendable {
        case ok, warning, error
    }

    /// What was looked at: `mail templates`.
    package let check: String
    package let state: State
    /// One sentence, and a second one that says what to do.
    package let message: String

    init(_ check: String, _ state: State, _ message: String) {
        (self.check, self.state, self.message) = ("mail \(check)", state, message)
    }
}
