package import DeadLetters

/// What a replay or a deletion would be of, as `--dry-run --json` prints it.
package struct SummaryReport: Encodable {
    package struct Row: Encodable {
        let queue: String
        let type: String
        let reason: String
        let count: Int
        let sample: LetterReport
    }

    package let count: Int
    package let letters: [Row]

    package init(_ summary: LetterSummary) {
        count = summary.total
        letters = summary.rows.map {
            Row(
                queue: $0.queue.name, type: $0.type, reason: $0.reason, count: $0.count,
                sample: LetterReport($0.sample))
        }
    }
}
