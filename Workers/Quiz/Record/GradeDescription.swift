package import FoundationEssentials
import PostgresClient
package import QuizScoring

/// A grade that an attempt has, or had.
package struct GradeDescription: Sendable {
    /// Counts the changes, from 1.
    package let revision: Int
    /// The version whose key made it.
    package let version: Int
    package let graded: Date
    package let job: String
    package let grade: Grade
    /// Why it is history: nothing for the grade as it is.
    package let reason: String?
    package let replacedBy: String?
    package let replaced: Date?
}

extension GradeDescription {
    /// What both tables of grades have.
    static let columns =
        "revision, version, explanation::text AS explanation, job, extract(epoch FROM graded_at)::float8 AS graded"

    init(_ row: PostgresRow, isHistory: Bool) throws {
        (revision, version, job) = (try row["revision"], try row["version"], try row["job"])
        graded = Date(timeIntervalSince1970: try row["graded"])
        let explanation: String = try row["explanation"]
        grade = try Grade(json: Array(explanation.utf8))
        reason = isHistory ? try row["reason"] : nil
        replacedBy = isHistory ? try row["replaced_by"] : nil
        replaced = isHistory ? Date(timeIntervalSince1970: try row["replaced"]) : nil
    }
}
