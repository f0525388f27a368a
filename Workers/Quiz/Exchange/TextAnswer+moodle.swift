import Decimals
import QuizScoring

extension TextAnswer {
    /// Moodle's short answers: an asterisk is a wildcard, `\*` is itself.
    init(moodle text: String, fraction: Decimal128, feedback: String?) {
        let isPattern = text.contains("*")
        self.init(text: text, match: isPattern ? .wildcard : .exact, fraction: fraction, feedback: feedback)
    }

    /// As Moodle writes it; `nil` for what it cannot say.
    var moodleText: String? {
        switch match {
        case .exact: text.split(separator: "*", omittingEmptySubsequences: false).joined(separator: "\\*")
        case .wildcard: text
        case .regex: nil
        }
    }
}
