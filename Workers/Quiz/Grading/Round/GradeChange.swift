/// What a grade does to the one that is stored.
enum GradeChange: Sendable {
    /// There was none.
    case first
    /// It says something else, if only in an explanation.
    case changed
    /// It says the same by another version or mark.
    case confirmed
    /// It is the one that is stored.
    case none
}
