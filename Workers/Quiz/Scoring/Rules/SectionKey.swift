/// A section made ready.
struct SectionKey: Sendable {
    let questions: [QuestionKey]
    private let selection: RandomSelection?

    init(_ section: Section, rules: Rules, at path: QuizPath) throws(InvalidDocument) {
        var questions: [QuestionKey] = []
        questions.reserveCapacity(section.questions.count)
        for (index, question) in section.questions.enumerated() {
            questions.append(try QuestionKey(question, rules: rules, at: path.key("questions").index(index)))
        }
        self.questions = questions
        if let select = section.select {
            try path.key("select").check(
                (0...questions.count).contains(select), "is \(select), of \(questions.count) questions")
        }
        selection = section.select.map { RandomSelection(of: section, count: $0) }
    }

    /// Those that an attempt is asked, in the order of the quiz.
    func questions(for seed: Seed) -> [QuestionKey] {
        guard let selection else { return questions }
        return selection.indices(for: seed).map { questions[$0] }
    }
}
