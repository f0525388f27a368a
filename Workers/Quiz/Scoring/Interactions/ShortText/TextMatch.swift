/// How the text of an answer is meant.
package enum TextMatch: String, Codable, Sendable, CaseIterable {
    case exact
    /// `*` stands for any characters, none included; `\\*` for itself. As in Moodle.
    case wildcard
    /// A regular expression that must match the whole response; see ``TextPattern`` for what it may hold.
    case regex
}
