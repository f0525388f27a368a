/// Something that a server cannot do its duty without.
struct DutyCheck: Sendable {
    /// What a stranger may know of it.
    let name: String
    /// Throws where it is away.
    let run: @Sendable () async throws -> Void
}
