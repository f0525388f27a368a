import Access

/// What `coursework keys` can do.
protocol KeysVerb: Verb {
    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments) throws
    func run(_ store: KeyStore) async throws
}
