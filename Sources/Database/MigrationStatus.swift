/// One migration, and whether the database has it.
public struct MigrationStatus: Sendable, Equatable {
    public let migration: Migration
    /// When it was applied, in PostgreSQL's form of ISO 8601; nil while it is pending.
    public let appliedAt: String?
}
