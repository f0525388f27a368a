/// What a regrade of one quiz came to.
struct RegradeResult: Encodable, Sendable {
    /// Its number in `coursework.quiz_regrades`; its changes are in `coursework.quiz_regrade_changes`.
    let regrade: Int
    let quiz: String
    let version: Int
    let state: String
    let attempts: Int
    let changed: Int
    /// Attempts that the version cannot grade.
    let refused: Int
}
