/// Why one question is not taken over; the others are.
struct SkippedQuestion: Error {
    let line: Int
    /// A sentence.
    let problem: String

    init(_ line: Int, _ problem: String) {
        self.line = line
        self.problem = problem
    }
}
