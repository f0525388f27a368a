import FoundationEssentials
import Mustache
import PostgresClient

/// Who a learner is.
struct LearnerRow: Sendable, Equatable {
    var name: String
    var language: String?
    var mail: [String: MustacheValue]?

    /// Nil for a learner without a row.
    init?(_ row: PostgresRow) throws {
        guard let name: String = try row["name"] else { return nil }
        self.name = name
        language = try row["learner_language"]
        let json: String? = try row["mail"]
        mail = try json.map { try JSONDecoder().decode([String: MustacheValue].self, from: Data($0.utf8)) }
    }
}
