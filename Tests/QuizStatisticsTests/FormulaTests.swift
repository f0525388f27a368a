import Decimals
import QuizScoring
import Testing

@testable import QuizStatistics

/// The expected numbers were computed beside, with Python's `statistics`, from the formulas of
/// https://docs.moodle.org/dev/Quiz_statistics_calculations.
@Suite("Formulas of statistics") struct FormulaTests {
    /// The points of six learners for four questions of one point.
    private static let points: [[String]] = [
        ["1", "1", "1", "0"], ["1", "1", "0", "0"], ["1", "0", "0.5", "0"], ["1", "1", "1", "1"],
        ["0", "0", "0", "0"], ["1", "0", "1", "0"],
    ]

    private func statistics(_ rows: [[String]]) throws -> QuizStatistics {
        let ids = (rows.first ?? []).indices.map { "q\($0)" }
        let quiz = Quiz(
            id: "q",
            sections: [
                Section(
                    id: "s",
                    questions: ids.map { Question(id: $0, interaction: .trueFalse(TrueFalseInteraction(answer: true))) }
                )
            ])
        var (sums, efficiency) = (QuizSums(), DiscriminativeEfficiency())
        for row in rows {
            let points = try zip(ids, row).map { (question: $0, points: try Decimal128($1)) }
            efficiency.add(points)
            let total = points.reduce(Decimal128.zero) { $0 + $1.points }
            var attempt = QuizSums()
            attempt.totals[total] = 1
            for (id, points) in points { attempt.items[id] = ItemSums(points: points, rest: total - points) }
            sums += attempt
        }
        return QuizStatistics(sums, of: quiz, efficiency: efficiency)
    }

    @Test func `the whole`() throws {
        let whole = try statistics(Self.points)
        #expect(whole.attempts == 6)
        #expect(whole.mean?.description == "2.08333")
        #expect(whole.median?.description == "2")
        #expect(whole.standardDeviation?.description == "1.35708")
        #expect(whole.alpha?.description == "0.69985")
        #expect(whole.errorRatio?.description == "0.54786")
        #expect(whole.standardError?.description == "0.74349")
    }

    @Test func `each question`() throws {
        let items = try statistics(Self.points).items
        #expect(items.map { $0.facility?.description } == ["0.83333", "0.5", "0.58333", "0.16667"])
        #expect(items.map { $0.standardDeviation?.description } == ["0.40825", "0.54772", "0.4916", "0.40825"])
        #expect(items.map { $0.discrimination?.description } == ["0.56493", "0.44721", "0.48488", "0.47628"])
        #expect(items.map { $0.efficiency?.description } == ["1", "0.55556", "0.55556", "1"])
        #expect(items.map { $0.effectiveWeight?.description } == ["0.23842", "0.27392", "0.25899", "0.22868"])
    }

    /// A question that the best get wrong, in Moodle's published expectations
    /// (mod/quiz/report/statistics/tests/fixtures/qstats00.csv, slot 6): variance 0.24 of the points and 0.82201111 of the
    /// rest, covariance -0.20155555 make -45.37851784 %.
    @Test func `a negative discrimination, as Moodle has it`() throws {
        var sums = ItemSums()
        sums.attempts = 25
        // Sums about a mean of nothing: 24 times the variances.
        sums.pointsSquared = try Decimal128("5.76")
        sums.restSquared = try Decimal128("19.7282666424")
        sums.product = try Decimal128("-4.8373333128")
        let item = ItemStatistics("q", maxPoints: 1, sums, [])
        #expect(item.discrimination?.description == "-0.45379")
    }

    @Test func `where nobody differs, nothing is said`() throws {
        let same = try statistics([["1", "0"], ["1", "0"], ["1", "0"]])
        #expect(same.mean == 1 && same.median == 1)
        #expect(same.standardDeviation == nil && same.alpha == nil && same.standardError == nil)
        #expect(same.items.map(\.facility) == [1, 0])
        #expect(same.items.allSatisfy { $0.discrimination == nil && $0.efficiency == nil })
    }

    @Test func `two attempts have a spread and no alpha, none have nothing`() throws {
        let two = try statistics([["1", "0"], ["0", "0"]])
        #expect(two.median?.description == "0.5" && two.standardDeviation != nil && two.alpha == nil)
        let none = try statistics([])
        #expect(none.attempts == 0 && none.mean == nil && none.median == nil)
    }

    @Test func `questions that go against each other have an alpha below nothing, and luck moves all`() throws {
        let whole = try statistics([["1", "0"], ["0", "1"], ["1", "0"], ["1", "1"]])
        let alpha = try #require(whole.alpha)
        #expect(alpha < 0)
        #expect(try #require(whole.errorRatio) > 1)
    }
}
