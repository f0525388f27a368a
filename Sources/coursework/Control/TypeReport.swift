import JobCatalog
import Jobs
import Reports

/// A job type as `types` prints it.
struct TypeReport {
    let type: String
    let queue: String
    let attempts: Int
    let deadline: Duration?
    /// What its payload is, in a sentence, and as JSON Schema.
    let summary: String
    let payload: String?
    let schema: String
    /// All of it, as `--json` prints it.
    let json: String

    init(_ job: JobDescription) {
        (type, queue, attempts, deadline) = (job.type.name, job.queue.name, job.attempts, job.deadline)
        (summary, payload, schema, json) = (job.schema.summary, job.schema.description, job.schemaJSON, job.json)
    }
}

/// As a server tells it.
extension TypeReport {
    private struct Row: Decodable {
        struct Schema: Decodable { let description: String? }

        let type: String
        let queue: String
        let attempts: Int
        let deadlineMilliseconds: Int?
        let summary: String
        let schema: Schema
    }

    /// Nil for what is none.
    init?(json: [UInt8]) {
        guard let row: Row = try? JSONText.read(from: json), let schema = JSONParts.members(json)?["schema"] else {
            return nil
        }
        (type, queue, attempts, summary) = (row.type, row.queue, row.attempts, row.summary)
        deadline = row.deadlineMilliseconds.map { .milliseconds($0) }
        payload = row.schema.description
        (self.schema, self.json) = (schema, String(decoding: json, as: UTF8.self))
    }

    /// Of `{"types":[…]}`.
    static func list(_ json: [UInt8]) -> [TypeReport]? {
        guard let types = JSONParts.members(json)?["types"] else { return nil }
        return JSONParts.elements(Array(types.utf8))?.compactMap { TypeReport(json: Array($0.utf8)) }
    }
}
