package import JobQueue
package import Jobs

/// All that is known of a job, as `jobs show` prints it.
package struct JobReport: Codable {
    package struct Holder: Codable {
        package let worker: String
        package let silentMilliseconds: Int
        package let deliveries: Int
    }

    package let id: String
    package let state: String
    package let type: String
    /// As the producer wrote them.
    package let args: String
    package let attempt: Int
    package let progress: Double?
    /// When it is expected to be done.
    package let eta: Timestamp?
    package let remainingMilliseconds: Int?
    package let result: String?
    package let reason: String?
    package let error: String?
    package let holder: Holder?
    /// Those that failed, the oldest first; nil when there are none, or what a producer wrote in their place.
    package let attempts: [FailedAttempt]?
    /// How many are left out after the first.
    package let attemptsOmitted: Int?
    /// The other fields of the job, by name, as they are stored: times are milliseconds since 1970 there.
    package let fields: [String: String]

    private static let shown: Set = ["id", "type", "args", "attempt", "reason", "error"]

    package init(_ job: JobDescription) {
        id = job.id.description
        state = job.state.rawValue
        type = job.fields["type"] ?? job.tracked["type"] ?? ""
        args = job.fields["args"] ?? ""
        attempt = Int(job.fields["attempt"] ?? job.tracked["attempt"] ?? "") ?? 1
        progress = job.tracked["progress"].flatMap(Double.init)
        eta = job.etaMilliseconds.map(Timestamp.init)
        remainingMilliseconds = job.remaining.map { Int($0.milliseconds) }
        result = job.tracked["result"].flatMap { $0.isEmpty ? nil : $0 }
        reason = job.fields["reason"] ?? job.tracked["reason"]
        error = job.fields["error"] ?? job.tracked["error"].flatMap { $0.isEmpty ? nil : $0 }
        holder = job.holder.map {
            Holder(
                worker: $0.worker.description, silentMilliseconds: $0.silentMilliseconds, deliveries: $0.deliveries)
        }
        let history = job.fields["history"].flatMap { AttemptHistory(json: $0.utf8) }
        attempts = history?.attempts.map(FailedAttempt.init)
        attemptsOmitted = history?.omitted
        fields = job.fields.filter { !Self.shown.contains($0.key) && (history == nil || $0.key != "history") }
    }
}
