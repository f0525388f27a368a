/// What `coursework encryption` can do.
protocol EncryptionVerb: Verb {
    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments) throws
    func run(_ setup: Setup) async throws
}
