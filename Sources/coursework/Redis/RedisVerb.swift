/// What `coursework redis` can do.
protocol RedisVerb: Verb {
    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments) throws
    func run(_ setup: Setup) async throws
}
