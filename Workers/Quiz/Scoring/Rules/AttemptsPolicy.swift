/// Which of several attempts counts; Moodle's grading methods.
package enum AttemptsPolicy: String, Codable, Sendable, CaseIterable {
    /// The one with the most points; of several the first.
    case best
    /// Their mean, rounded as the rules say.
    case average
    case first
    case last
}
