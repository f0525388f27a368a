internal import Decimals
internal import Glibc
internal import QuizScoring

/// From a submission of 30 answers to its grade, on one core.
struct ScoringBenchmark {
    let workshop: Workshop

    func run(_ report: (Figure) -> Void) throws {
        let night = ExamNight(learners: 1000)
        let key = try AnswerKey(night.quiz)
        let submissions = workshop.jobs(100_000)
        let rate = try rate(of: submissions, night) { _ = try key.grade($0) }
        report(
            Figure(
                "submissions of 30 questions graded, one core", rate, "submissions/s",
                [.init(of: "50,000", ratio: rate / 50_000, bar: .atLeast(1))]))
        let explaining = try self.rate(of: submissions / 4, night) { _ = try key.grade($0).text.utf8.count }
        report(Figure("… with the texts of their explanations", explaining, "submissions/s"))
        report(Figure("the most that the patterns of a question may cost", try slowestPatterns() * 1000, "ms"))
    }

    private func rate(of count: Int, _ night: ExamNight, _ grade: (Submission) throws -> Void) throws -> Double {
        let start = Self.processorSeconds()
        for index in 0..<count { try grade(night.submissions[index % night.submissions.count]) }
        return Double(count) / (Self.processorSeconds() - start)
    }

    private func slowestPatterns() throws -> Double {
        let patterns = ["(a*){160}b", "([^b]*){160}b"].map { TextAnswer(text: $0, match: .regex) }
        let question = Question(id: "q", interaction: .shortText(ShortTextInteraction(answers: patterns)))
        let key = try AnswerKey(Quiz(id: "slow", sections: [Section(id: "s", questions: [question])]))
        let hostile = Submission(quiz: "slow", responses: ["q": Response(.text(String(repeating: "a", count: 1000)))])
        let start = Self.processorSeconds()
        _ = try key.grade(hostile)
        return Self.processorSeconds() - start
    }

    /// What this thread has used of the processor: neighbours on the machine change it little.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }
}
