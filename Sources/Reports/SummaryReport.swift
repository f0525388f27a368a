package import DeadLetters

/// What a replay or a deletion would be of, as `--dry-run --json` prints it.
package struct SummaryReport: Codable {
    package struct Row: Codable {
        package let queue: String
        package let type: String
        package let reason: String
        package let count: Int
        package let sample: LetterReport
    }

    package let count: Int
    package let letters: [Row]
    /// Names exactly these letters: whoever gives it back means them, and no others that came or went meanwhile.
    package let confirm: String

    package init(_ summary: LetterSummary) {
        count = summary.total
        confirm = summary.confirmation
        letters = summary.rows.map {
            Row(
                queue: $0.queue.name, type: $0.type, reason: $0.reason, count: $0.count,
                sample: LetterReport($0.sample))
        }
    }
}
