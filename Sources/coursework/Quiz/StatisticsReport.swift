import QuizRecord
import QuizStatistics

/// Statistics as `--json` prints them: fractions and points as decimals in texts.
struct StatisticsReport: Encodable {
    struct Item: Encodable {
        struct Response: Encodable {
            let part: String?
            /// Empty for none.
            let response: String
            let attempts: Int
        }

        let question: String
        let attempts: Int
        let facility: String?
        let standardDeviation: String?
        let effectiveWeight: String?
        let discrimination: String?
        let discriminativeEfficiency: String?
        let responses: [Response]

        init(_ item: ItemStatistics, responses count: Int) {
            (question, attempts) = (item.question, item.attempts)
            facility = item.facility?.description
            standardDeviation = item.standardDeviation?.description
            effectiveWeight = item.effectiveWeight?.description
            discrimination = item.discrimination?.description
            discriminativeEfficiency = item.efficiency?.description
            responses = item.responses.prefix(count).map {
                Response(part: $0.part.isEmpty ? nil : $0.part, response: $0.response, attempts: $0.attempts)
            }
        }
    }

    let quiz: String
    let version: Int
    let counted: String
    let attempts: Int
    let mean: String?
    let median: String?
    let standardDeviation: String?
    let alpha: String?
    let errorRatio: String?
    let standardError: String?
    let items: [Item]

    init(
        _ statistics: QuizStatistics, of quiz: String, _ version: Int, _ counted: QuizRecord.Counted, responses: Int
    ) {
        (self.quiz, self.version, attempts) = (quiz, version, statistics.attempts)
        self.counted = counted == .firstAttempts ? "first attempts" : "all attempts"
        (mean, median) = (statistics.mean?.description, statistics.median?.description)
        standardDeviation = statistics.standardDeviation?.description
        (alpha, errorRatio) = (statistics.alpha?.description, statistics.errorRatio?.description)
        standardError = statistics.standardError?.description
        items = statistics.items.map { Item($0, responses: responses) }
    }

    // MARK: For a person

    var text: String {
        let head: [(String, String?)] = [
            ("quiz", "\(quiz), version \(version)"), ("attempts", "\(attempts) (\(counted))"), ("mean", mean),
            ("median", median), ("deviation", standardDeviation), ("alpha", alpha),
            ("std. error", standardError),
        ]
        return [TextTable.list(head), table, answers].filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private var table: String {
        let titles = ["question", "attempts", "facility", "deviation", "weight", "discrimination", "efficiency"]
        let rows = items.map { item in
            [
                Terminal.line(item.question, atMost: 40), "\(item.attempts)", item.facility ?? "-",
                item.standardDeviation ?? "-", item.effectiveWeight ?? "-", item.discrimination ?? "-",
                item.discriminativeEfficiency ?? "-",
            ]
        }
        return TextTable.layOut([titles] + rows)
    }

    private var answers: String {
        let rows = items.flatMap { item in
            item.responses.map { response in
                [
                    Terminal.line(item.question, atMost: 40), Terminal.line(response.part ?? "-", atMost: 30),
                    response.response.isEmpty ? "(none)" : Terminal.line(response.response, atMost: 60),
                    "\(response.attempts)",
                ]
            }
        }
        return rows.isEmpty
            ? "" : TextTable.layOut([["question", "part", "response", "attempts"]] + rows, leftColumns: 3)
    }
}
