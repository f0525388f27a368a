package import JobQueue
package import Jobs

/// A job's status as `--json` prints it.
package struct JobStatusReport: Encodable {
    package let id: String
    package let state: String
    package let type: String
    package let attempt: Int
    package let progress: Double
    package let eta: Timestamp?
    package let remainingMilliseconds: Int?
    package let reason: String?
    package let error: String?
    /// JSON already.
    package let result: String?

    private enum CodingKeys: CodingKey {
        case id, state, type, attempt, progress, eta, remainingMilliseconds, reason, error
    }

    package init(id: JobID, _ status: JobStatus) {
        // What a discarded job leaves behind is no JSON but the reason.
        let isDiscarded = status.state == "discarded"
        self.id = id.description
        state = status.state
        type = status.type
        attempt = status.attempt
        progress = status.progress
        eta = status.etaMilliseconds.map(Timestamp.init)
        remainingMilliseconds = status.remaining.map { Int($0.milliseconds) }
        result = isDiscarded ? nil : status.result
        reason = isDiscarded ? status.result : status.reason
        error = status.error
    }

    /// The same of what a server tells of a job.
    package init(_ job: JobReport) {
        let isDiscarded = job.state == "discarded"
        (id, state, type, attempt) = (job.id, job.state, job.type, job.attempt)
        progress = job.progress ?? 0
        (eta, remainingMilliseconds) = (job.eta, job.remainingMilliseconds)
        result = isDiscarded ? nil : job.result
        reason = isDiscarded ? job.result : job.reason
        error = job.error
    }

    package var json: String {
        let text = JSONText.of(self)
        return result.map { text.dropLast() + ",\"result\":\(JSONText.inert($0))}" } ?? text
    }
}
