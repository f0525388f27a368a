import JobQueue
import Jobs

/// All that is known of a job, as `jobs show` prints it.
struct JobReport: Encodable {
    struct Holder: Encodable {
        let worker: String
        let silentMilliseconds: Int
        let deliveries: Int
    }

    let id: String
    let state: String
    let type: String
    /// As the producer wrote them.
    let args: String
    let attempt: Int
    let progress: Double?
    /// When it is expected to be done.
    let eta: Timestamp?
    let remainingMilliseconds: Int?
    let result: String?
    let reason: String?
    let error: String?
    let holder: Holder?
    /// Those that failed, the oldest first; nil when there are none, or what a producer wrote in their place.
    let attempts: [FailedAttempt]?
    /// How many are left out after the first.
    let attemptsOmitted: Int?
    /// The other fields of the job, by name, as they are stored: times are milliseconds since 1970 there.
    let fields: [String: String]

    private static let shown: Set = ["id", "type", "args", "attempt", "reason", "error"]

    init(_ job: JobDescription) {
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

    /// For a person.
    var text: String {
        var lines: [(String, String?)] = [
            ("id", id), ("state", state), ("type", type), ("args", args), ("attempt", "\(attempt)"),
        ]
        if let progress { lines.append(("progress", "\(Int(progress * 100)) %")) }
        if let eta { lines.append(("eta", "\(eta)" + distance)) }
        if let holder {
            lines.append(("worker", "\(holder.worker), silent for \(holder.silentMilliseconds) ms"))
        }
        lines += [("reason", reason), ("error", error), ("result", result)]
        lines += fields.sorted { $0.key < $1.key }.map { ($0.key, Self.readable($0.key, $0.value)) }
        if let attemptsOmitted, attemptsOmitted > 0 { lines.append(("left out", "\(attemptsOmitted) attempts")) }
        lines += (attempts ?? []).map { ("attempt \($0.attempt)", $0.text) }
        return TextTable.list(lines)
    }

    /// From now to when it is expected to be done.
    private var distance: String {
        guard let remainingMilliseconds else { return "" }
        guard remainingMilliseconds > 0 else { return ", it takes longer" }
        return ", in \(TextTable.age(milliseconds: remainingMilliseconds))"
    }

    private static let times: Set = ["due", "enqueued", "expires", "buried", "scheduled_for"]

    private static func readable(_ name: String, _ value: String) -> String {
        guard times.contains(name), let milliseconds = Int(value) else { return value }
        return "\(Timestamp(milliseconds: milliseconds))"
    }
}
