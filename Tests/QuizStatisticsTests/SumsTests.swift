import Decimals
import QuizScoring
import TestSupport
import Testing

@testable import QuizStatistics

/// Change the seed to look elsewhere; a failure names the round.
@Suite("Sums over attempts", .timeLimit(.minutes(5))) struct SumsTests {
    private static let seed: UInt64 = 20_261_122

    @Test func `added and taken out in any order, they are what is computed anew`() throws {
        let sample = try Sample(rules: Rules(behaviour: .certainty, allowsNegativeTotal: true))
        var random = SeededGenerator(seed: Self.seed)
        for round in 0..<20 {
            let (kept, passing) = (sample.attempts(30, &random), sample.attempts(20, &random))
            var kinds = kept.map { (isAdded: true, sums: $0) }
            for sums in passing { kinds += [(true, sums), (false, sums)] }
            var stepwise = QuizSums()
            for (isAdded, sums) in kinds.shuffled(using: &random) {
                if isAdded { stepwise += sums } else { stepwise -= sums }
            }
            var anew = QuizSums()
            for sums in kept { anew += sums }
            #expect(stepwise == anew, "round \(round)")
            // To the last digit, and not only as numbers.
            #expect(stepwise.items.mapValues { "\($0.product)" } == anew.items.mapValues { "\($0.product)" })
            #expect(QuizStatistics(stepwise, of: sample.quiz) == QuizStatistics(anew, of: sample.quiz))
        }
    }

    @Test func `shards add up`() throws {
        let sample = try Sample()
        var random = SeededGenerator(seed: Self.seed)
        let attempts = sample.attempts(100, &random)
        var (shards, whole) = (Array(repeating: QuizSums(), count: 4), QuizSums())
        for sums in attempts {
            shards[Int.random(in: 0..<4, using: &random)] += sums
            whole += sums
        }
        var together = QuizSums()
        for shard in shards { together += shard }
        #expect(together == whole)
        #expect(whole.attempts == 100)
    }

    @Test func `thirds are counted at five places, so that no sum is rounded`() throws {
        var sums = QuizSums()
        let sample = try Sample()
        let third = try #require(Decimal128(1).divided(by: 3))
        var grade = try sample.grade([:])
        grade.explanations[0].points = third
        for _ in 0..<3 { sums += sample.counter.sums(of: grade, sample.submission([:])) }
        let item = try #require(sums.items["a"])
        #expect(item.points == (try Decimal128("0.99999")))
        #expect(item.pointsSquared == (try Decimal128("0.3333266667")))
    }

    @Test(arguments: [GradeStatus.awaitingPerson, .overdue])
    func `what is not graded is not counted`(status: GradeStatus) throws {
        let sample = try Sample()
        var grade = try sample.grade(["a": "true"])
        grade.status = status
        #expect(sample.counter.sums(of: grade, sample.submission(["a": "true"])) == QuizSums())
    }

    @Test func `a dropped question counts nowhere`() throws {
        let sample = try Sample(correction: .drop)
        let sums = sample.counter.sums(of: try sample.grade(["a": "true"]), sample.submission(["a": "true"]))
        #expect(sums.items.keys.sorted() == ["b", "c"])
        #expect(!sums.responses.keys.contains { $0.question == "a" })
        #expect(QuizStatistics(sums, of: sample.quiz).items.map(\.question) == ["b", "c"])
    }

    @Test func `questions that were drawn for nobody else are counted for themselves`() throws {
        var random = SeededGenerator(seed: Self.seed)
        let sample = try Sample(select: 2)
        var sums = QuizSums()
        for attempt in sample.attempts(60, &random) { sums += attempt }
        let asked = sums.items.values.reduce(0) { $0 + $1.attempts }
        #expect(asked == 120 && sums.items.count == 3)
        #expect(QuizStatistics(sums, of: sample.quiz).alpha == nil)
    }
}
