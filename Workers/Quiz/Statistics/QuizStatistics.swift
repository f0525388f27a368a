package import Decimals
package import QuizScoring

/// What the attempts at a version of a quiz tell about it. Points are those of the questions together, before late
/// penalties and the rounding of the whole. All is rounded at five places, and nothing stands where there is no value.
///
/// The formulas are Moodle's: https://docs.moodle.org/dev/Quiz_statistics_calculations#Test_statistics.
package struct QuizStatistics: Sendable, Equatable {
    package let attempts: Int
    package let mean: Decimal128?
    package let median: Decimal128?
    package let standardDeviation: Decimal128?
    /// How far all questions measure the same: Cronbach's alpha, Moodle's coefficient of internal consistency. There is
    /// none where learners were asked different questions.
    package let alpha: Decimal128?
    /// The part of the spread that is chance: the root of 1 - alpha.
    package let errorRatio: Decimal128?
    /// By how many points luck moves an attempt: the error ratio of the standard deviation.
    package let standardError: Decimal128?
    /// Of the questions that count, in the order of the quiz.
    package let items: [ItemStatistics]

    /// - Parameter efficiency: with all attempts of the sums, where it is wanted.
    package init(_ sums: QuizSums, of quiz: Quiz, efficiency: DiscriminativeEfficiency? = nil) {
        let distribution = PointsDistribution(sums.totals)
        let moments = distribution.moments
        let items = Self.items(sums, quiz, efficiency)
        attempts = distribution.attempts
        mean = moments.mean.map(\.shown)
        median = distribution.median.map(\.shown)
        standardDeviation = moments.standardDeviation.map(\.shown)
        let alpha = Self.alpha(items, attempts: distribution.attempts, variance: moments.variance)
        self.alpha = alpha.map(\.shown)
        let ratio = alpha.flatMap { (1 - $0).squareRoot() }
        errorRatio = ratio.map(\.shown)
        standardError =
            if let ratio, let deviation = moments.standardDeviation { (ratio * deviation).shown } else { nil }
        self.items = items
    }

    private static func items(
        _ sums: QuizSums, _ quiz: Quiz, _ efficiency: DiscriminativeEfficiency?
    ) -> [ItemStatistics] {
        let counts = Dictionary(grouping: sums.responses.filter { $0.value > 0 }) { $0.key.question }
        let questions = quiz.sections.flatMap(\.questions).filter { $0.correction != .drop }
        var items = questions.map { question in
            let responses = (counts[question.id] ?? [])
                .map { ResponseCount(part: $0.key.part, response: $0.key.response, attempts: $0.value) }
                .sorted { ($1.attempts, $0.part, $0.response) < ($0.attempts, $1.part, $1.response) }
            return ItemStatistics(
                question.id, maxPoints: question.points, sums.items[question.id] ?? ItemSums(), responses)
        }
        weigh(&items)
        if let efficiency {
            for index in items.indices { items[index].efficiency = efficiency.of(items[index].question) }
        }
        return items
    }

    /// A question whose points go against the total has no weight.
    private static func weigh(_ items: inout [ItemStatistics]) {
        let roots = items.map { item in
            item.covarianceWithTotal.flatMap { $0.isNegative ? nil : $0.squareRoot() }
        }
        let sum = roots.reduce(Decimal128.zero) { $0 + ($1 ?? 0) }
        guard sum > 0 else { return }
        for (index, root) in roots.enumerated() {
            items[index].effectiveWeight = root?.divided(by: sum).map(\.shown)
        }
    }

    /// Moodle computes it for three attempts at least.
    private static func alpha(_ items: [ItemStatistics], attempts: Int, variance: Decimal128?) -> Decimal128? {
        guard attempts > 2, items.count > 1, items.allSatisfy({ $0.attempts == attempts }), let variance,
            let share = items.reduce(Decimal128.zero, { $0 + ($1.variance ?? 0) }).divided(by: variance),
            let factor = Decimal128(items.count).divided(by: Decimal128(items.count - 1))
        else { return nil }
        return factor * (1 - share)
    }
}
