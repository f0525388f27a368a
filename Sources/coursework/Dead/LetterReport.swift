import DeadLetters
import Jobs

/// A dead letter as `--json` prints it.
struct LetterReport: Encodable {
    let id: String
    let queue: String
    let type: String
    /// The payload as it is; text, also when it is JSON. Bytes that are not UTF-8 are replaced: export keeps them.
    let args: String
    let reason: String
    let kind: String?
    let error: String
    let attempt: Int
    let replays: Int
    let buried: Timestamp
    let group: String?
    let original: String?
    let attempts: [FailedAttempt]?
    let attemptsOmitted: Int?
    /// All other fields of the job, as they are stored: times are milliseconds since 1970 there.
    let fields: [String: String]

    private static let shown: Set = [
        "type", "args", "reason", "kind", "error", "attempt", "replays", "buried", "group", "original",
    ]

    init(_ letter: DeadLetter) {
        id = letter.id.description
        queue = letter.id.queue.name
        type = letter.type
        args = String(decoding: letter.args, as: UTF8.self)
        reason = letter.reason
        kind = letter.kind
        error = letter.error
        attempt = letter.attempt
        replays = letter.replays
        buried = Timestamp(milliseconds: letter.buriedMilliseconds)
        group = letter.group
        original = letter.original.map { String(decoding: $0, as: UTF8.self) }
        let history = letter.history
        attempts = history?.attempts.map(FailedAttempt.init)
        attemptsOmitted = history?.omitted
        let others = letter.fields.list.map {
            (String(decoding: $0.name, as: UTF8.self), String(decoding: $0.value, as: UTF8.self))
        }
        fields = Dictionary(others.filter { !Self.shown.contains($0.0) && (history == nil || $0.0 != "history") }) {
            first, _ in first
        }
    }
}
