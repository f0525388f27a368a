import Access

/// What `coursework keys` can do.
protocol KeysVerb: Sendable {
    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments) throws
    func run(_ store: KeyStore) async throws
}
