import Reports

/// What a dry run tells.
struct SummaryText {
    let summary: SummaryReport

    var json: String { JSONText.of(summary) }

    /// - Parameter what: what would be done, for example `replayed`.
    func text(_ what: String) -> String {
        let sentence = "\(Count.ofLetters(summary.count)) would be \(what); nothing was changed."
        guard summary.count > 0 else { return sentence }
        let rows = summary.letters.map { row in
            [
                Terminal.line(row.queue), Terminal.line(row.type, atMost: 64), Terminal.line(row.reason, atMost: 20),
                "\(row.count)",
                Terminal.line(row.sample.id, atMost: 100), Terminal.line(row.sample.error, atMost: 100),
            ]
        }
        let titles = ["queue", "type", "reason", "letters", "for example", "error"]
        return TextTable.layOut([titles] + rows, left: [0, 1, 2, 4, 5]) + "\n" + sentence
            + " To mean exactly these: --confirm \(summary.confirm)"
    }
}
