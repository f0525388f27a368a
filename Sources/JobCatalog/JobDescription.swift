package import Jobs
import PayloadSchemas

/// What a producer must know of a job type, as `coursework types --json` and `/v1/types` tell it.
package struct JobDescription: Sendable {
    package let type: JobType
    package let queue: QueueName
    package let attempts: Int
    /// Nil: an attempt may take as long as it likes.
    package let deadline: Duration?
    package let schema: PayloadSchema

    package init(_ job: RegisteredJob) {
        (type, queue, schema) = (job.type, job.queue, job.payloadSchema)
        attempts = job.retryPolicy.maxRetries + 1
        deadline = if case .after(let duration) = job.deadline { duration } else { nil }
    }

    package var schemaJSON: String { schema.json(title: type.name) }

    /// Its keys in order, as all JSON of this program has them; the schema is as it is published.
    package var json: String { fragment.text }

    private var fragment: JSONFragment {
        .object([
            "attempts": .integer(attempts), "deadline_ms": deadline.map { .integer(Int($0.milliseconds)) },
            "queue": .text(queue.name), "schema": .document(schema, title: type.name),
            "summary": .text(schema.summary), "type": .text(type.name),
        ])
    }

    /// `{"types":[…]}`
    package static func json(_ descriptions: [JobDescription]) -> String {
        JSONFragment.object(["types": .array(descriptions.map(\.fragment))]).text
    }
}

extension JobRegistry {
    /// In the order of the types' names.
    package var descriptions: [JobDescription] {
        jobs.values.map { JobDescription($0) }.sorted { $0.type.name < $1.type.name }
    }
}
