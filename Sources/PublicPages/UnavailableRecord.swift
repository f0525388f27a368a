/// Nobody said which database there is.
struct UnavailableRecord: Error, CustomStringConvertible {
    var description: String { "No database is configured: set DATABASE_URL, or database.url in the configuration." }
}
