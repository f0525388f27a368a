/// Where a text is not JSON5, and what to do about it.
struct SyntaxMistake: Error, Equatable {
    /// Counted from 1.
    let line: Int
    let message: String
}
