/// What `coursework quiz` can do.
protocol QuizVerb: Verb {
    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments, _ setup: Setup) throws
    func run() async throws
}
