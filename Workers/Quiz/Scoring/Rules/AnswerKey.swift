import Decimals

/// A version of a quiz made ready to grade many submissions.
///
/// Scoring never fails: whatever a learner or a hostile client sends in a response is worth something, if only nothing,
/// and the explanation says why. It reads no clock and draws no chance but the submission's seed, so the same submission
/// always gets the same grade.
package struct AnswerKey: Sendable {
    package let quiz: Quiz
    private let sections: [SectionKey]
    private let questionIDs: Set<String>

    private static let mostQuestions = 100_000

    /// - Throws: the first thing in the quiz that cannot be, with its place.
    package init(_ quiz: Quiz) throws(InvalidDocument) {
        try quiz.rules.check(at: QuizPath.root.key("rules"))
        var (sections, ids): ([SectionKey], Set<String>) = ([], [])
        let path = QuizPath.root.key("sections")
        let total = quiz.sections.reduce(0) { $0 + $1.questions.count }
        try path.check(total <= Self.mostQuestions, "has \(total) questions; write \(Self.mostQuestions) at most")
        _ = try IDTable(quiz.sections.map(\.id), at: path)
        for (index, section) in quiz.sections.enumerated() {
            try Self.check(section, &ids, at: path.index(index))
            sections.append(try SectionKey(section, rules: quiz.rules, at: path.index(index)))
        }
        (self.quiz, self.sections, questionIDs) = (quiz, sections, ids)
    }

    private static func check(_ section: Section, _ ids: inout Set<String>, at path: QuizPath) throws(InvalidDocument) {
        for (index, question) in section.questions.enumerated() {
            let place = path.key("questions").index(index).key("id")
            try place.check((1...255).contains(question.id.utf8.count), "must have 1 to 255 bytes")
            try place.check(ids.insert(question.id).inserted, "is \(InvalidDocument.quoted(question.id)) a second time")
        }
    }

    /// - Throws: for a submission of another quiz or version, or with an answer to a question that is not in the quiz.
    package func grade(_ submission: Submission) throws(InvalidDocument) -> Grade {
        try checkHead(submission)
        let (explanations, answered) = explanations(of: submission)
        try checkResponses(submission, answered: answered)
        var grade = Grade(
            quiz: quiz.id, version: quiz.version, attempt: submission.attempt,
            status: explanations.contains { $0.status == .awaitingPerson } ? .awaitingPerson : .graded,
            points: explanations.reduce(0) { $0 + $1.points }, maxPoints: explanations.reduce(0) { $0 + $1.maxPoints },
            fraction: 0, explanations: explanations, steps: [], feedback: [])
        quiz.rules.finish(&grade, submission)
        return grade
    }

    /// Whether it can be graded, without grading it.
    /// - Throws: what ``grade(_:)`` throws for it.
    package func check(_ submission: Submission) throws(InvalidDocument) {
        try checkHead(submission)
        try checkResponses(submission, answered: 0)
    }

    private func explanations(of submission: Submission) -> (explanations: [Explanation], answered: Int) {
        let seed = Seed(submission.seed)
        var (explanations, answered): ([Explanation], Int) = ([], 0)
        for section in sections {
            let questions = section.questions(for: seed)
            explanations.reserveCapacity(explanations.count + questions.count)
            for key in questions {
                let response = submission.responses[key.question.id]
                if response != nil { answered += 1 }
                explanations.append(key.explanation(of: response, mark: submission.marks[key.question.id], seed: seed))
            }
        }
        return (explanations, answered)
    }

    private func checkHead(_ submission: Submission) throws(InvalidDocument) {
        let path = QuizPath.root
        try path.key("quiz").check(
            submission.quiz == quiz.id,
            "is \(InvalidDocument.quoted(submission.quiz)), but the answer key is of \(InvalidDocument.quoted(quiz.id))"
        )
        try path.key("version").check(
            submission.version == quiz.version,
            "is \(submission.version), but the answer key is of version \(quiz.version)")
        try path.key("attempt").check(submission.attempt >= 1, "is \(submission.attempt); attempts are counted from 1")
    }

    /// - Parameter answered: how many of the responses belong to questions that were asked. Usually all, and then there is
    ///   nothing to look for.
    private func checkResponses(_ submission: Submission, answered: Int) throws(InvalidDocument) {
        if let unknown = submission.marks.keys.filter({ !questionIDs.contains($0) }).min() {
            throw QuizPath.root.key("marks").error(
                "has a mark for \(InvalidDocument.quoted(unknown)), which is no question of the quiz")
        }
        guard answered < submission.responses.count,
            let unknown = submission.responses.keys.filter({ !questionIDs.contains($0) }).min()
        else { return }
        throw QuizPath.root.key("responses").error(
            "has an answer to \(InvalidDocument.quoted(unknown)), which is no question of the quiz")
    }
}
