/// What `coursework audit` can do.
protocol AuditVerb: Sendable {
    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments, _ setup: Setup) throws
    func run() async throws
}
