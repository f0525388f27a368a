package import DeadLetters
package import Jobs

/// A dead letter as `--json` prints it.
package struct LetterReport: Codable {
    package let id: String
    package let queue: String
    package let type: String
    /// The payload as it is; text, also when it is JSON. Bytes that are not UTF-8 are replaced: export keeps them.
    package let args: String
    package let reason: String
    package let kind: String?
    package let error: String
    package let attempt: Int
    package let replays: Int
    package let buried: Timestamp
    package let group: String?
    package let original: String?
    package let attempts: [FailedAttempt]?
    package let attemptsOmitted: Int?
    /// All other fields of the job, as they are stored: times are milliseconds since 1970 there.
    package let fields: [String: String]

    private static let shown: Set = [
        "type", "args", "reason", "kind", "error", "attempt", "replays", "buried", "group", "original",
    ]

    package init(_ letter: DeadLetter) {
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
