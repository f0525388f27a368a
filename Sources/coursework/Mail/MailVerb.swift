import MailRecord

/// What `coursework mail` can do.
protocol MailVerb: Verb {
    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments, _ setup: Setup) throws
    func run(_ record: MailRecord) async throws
}
