import PostgresClient

/// What a course's certificates say.
struct CourseRow: Sendable, Equatable {
    var title: String
    var description: String?
    var criteria: String?
    var instructor: String?
    var signature: String?
    var validMonths: Int?
    var issuer: String?
    var template: String?
    var page: String?
    var language: String?

    /// Nil for a course without a row.
    init?(_ row: PostgresRow) throws {
        guard let title: String = try row["title"] else { return nil }
        self.title = title
        (description, criteria) = (try row["description"], try row["criteria"])
        (instructor, signature, validMonths) = (try row["instructor"], try row["signature"], try row["valid_months"])
        (issuer, template, page) = (try row["issuer"], try row["template"], try row["page"])
        language = try row["course_language"]
    }
}
