/// A database whose schema is not one this program may touch, and what to do about it.
public struct MigrationError: Error, Equatable, CustomStringConvertible {
    public let description: String

    static func newer(_ number: Int, _ name: String) -> MigrationError {
        MigrationError(
            description: """
                The database has the migration \(number) (\(name)), which this program does not know: \
                a newer version of coursework has migrated it. Use that version.
                """)
    }

    static func changed(_ migration: Migration) -> MigrationError {
        MigrationError(
            description: """
                The migration \(migration.number) (\(migration.name)) was applied to the database with another \
                content than it has in this program: use the version that applied it, or restore the database.
                """)
    }

    static func failed(_ migration: Migration, _ reason: String) -> MigrationError {
        MigrationError(
            description: """
                The migration \(migration.number) (\(migration.name)) failed and was rolled back; \
                those before it are applied. \(reason)
                """)
    }
}
