import FoundationEssentials
import Jobs
import Mustache

/// A line of the file that `certificates cohort` reads: `{"learner":"ada","name":"Ada Lovelace"}`.
struct CohortLearner {
    let learner: String
    /// The other fields, as JSON.
    let fields: String

    /// - Throws: `CommandFailure`, which names the first line that cannot be read.
    static func read(_ file: [UInt8]) throws -> [CohortLearner] {
        var learners: [CohortLearner] = []
        for (number, line) in file.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated()
        where line.contains(where: { !" \t\r".utf8.contains($0) }) {
            guard var fields = try? JSONDecoder().decode([String: MustacheValue].self, from: Data(line)),
                case .string(let learner)? = fields.removeValue(forKey: "learner"), !learner.isEmpty
            else {
                throw CommandFailure(
                    .failed,
                    "Line \(number + 1) of --learners is no JSON object such as {\"learner\":\"ada\",\"name\":\"Ada Lovelace\"}; nothing is enqueued."
                )
            }
            learners.append(
                CohortLearner(
                    learner: learner, fields: String(decoding: try JobResult(encoding: fields).json, as: UTF8.self)))
        }
        return learners
    }
}
