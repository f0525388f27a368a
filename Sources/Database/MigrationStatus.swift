/// One migration, and whether the database has it.
public struct MigrationStatus: Sendable, Equatable {
    public let migration: Migration
    /// When it was applied, in UTC (RFC 3339); nil while it is pending.
    public let appliedAt: String?
}
