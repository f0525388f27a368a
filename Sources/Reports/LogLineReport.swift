package import JobQueue
package import Jobs

/// A line of a job's log as `jobs log --json` prints it.
package struct LogLineReport: Encodable {
    /// Whose, where lines of several jobs come together.
    package let job: String?
    package let id: String
    package let time: Timestamp
    package let level: String
    package let attempt: Int
    package let message: String
    /// What was said beside the message; nil when that is nothing.
    package let fields: [String: String]?

    package init(_ line: JobLogLine, of job: JobID? = nil) {
        self.job = job?.description
        id = line.id
        time = Timestamp(milliseconds: line.milliseconds)
        level = line.level
        attempt = line.attempt
        message = line.message
        fields = line.fields.isEmpty ? nil : line.fields
    }
}
