/// What a round of a regrade is told.
struct Regrade: Sendable {
    /// Names the advisory locks by which a regrade waits for grades under way; chosen once.
    static let lock = 723_018_502

    /// Of its row in `coursework.quiz_regrades`.
    let id: Int
    let version: Int
    /// Whether it only lists what would change.
    let isDryRun: Bool
    let reason: String
    /// Whether learners hear of a result that changed.
    let tellsLearners: Bool
}
