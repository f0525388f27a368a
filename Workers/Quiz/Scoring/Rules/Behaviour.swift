/// How tries and certainty change what a response is worth; Moodle's question behaviours.
package enum Behaviour: String, Codable, Sendable, CaseIterable {
    /// The last answer counts.
    case deferred
    /// The best of all tries counts, each less the penalty for the tries before it: Moodle's adaptive mode.
    case adaptive
    /// The last try counts, less the penalty for all tries before it: Moodle's interactive mode.
    case interactive
    /// The last answer counts, by how sure the learner was: Moodle's certainty-based marking.
    case certainty
}
