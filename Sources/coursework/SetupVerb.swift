/// A verb that needs no more than the configuration: one of `quiz`, `certificates` and `videos`.
protocol SetupVerb: Verb {
    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments, _ setup: Setup) throws
    func run() async throws
}
