/// Finds what is wrong in a quiz: one mistake a question, and those of the rules and sections around them.
package struct QuizCheck {
    package private(set) var problems: [InvalidDocument] = []
    private var ids: Set<String> = []

    /// - Parameter json: a document as ``Quiz`` reads it.
    package init(json: [UInt8]) {
        do {
            check(try Quiz(json: json))
        } catch {
            problems.append(error)
            // What can be read of the rest tells of its own mistakes.
            if let outline = try? QuizOutline(json: json) { check(outline) }
        }
    }

    package init(_ quiz: Quiz) { check(quiz) }

    private mutating func check(_ quiz: Quiz) {
        collect { () throws(InvalidDocument) in try quiz.rules.check(at: QuizPath.root.key("rules")) }
        let path = QuizPath.root.key("sections")
        collect { () throws(InvalidDocument) in _ = try IDTable(quiz.sections.map(\.id), at: path) }
        for (index, section) in quiz.sections.enumerated() {
            check(section.select, of: section.questions.count, at: path.index(index))
            for (place, question) in section.questions.enumerated() {
                check(question, quiz.rules, at: path.index(index).key("questions").index(place))
            }
        }
        // What only the whole shows, such as too many questions.
        if problems.isEmpty { collect { () throws(InvalidDocument) in _ = try AnswerKey(quiz) } }
    }

    private mutating func check(_ outline: QuizOutline) {
        for (index, section) in outline.sections.enumerated() {
            for (place, question) in section.questions.enumerated() {
                let path = QuizPath.root.key("sections").index(index).key("questions").index(place)
                switch question {
                case .success(let question): check(question, Rules(), at: path)
                case .failure(let error): if !problems.contains(error) { problems.append(error) }
                }
            }
        }
    }

    private mutating func check(_ question: Question, _ rules: Rules, at path: QuizPath) {
        let isNew = ids.insert(question.id).inserted
        collect { () throws(InvalidDocument) in
            try path.key("id").check((1...255).contains(question.id.utf8.count), "must have 1 to 255 bytes")
            try path.key("id").check(isNew, "is \(InvalidDocument.quoted(question.id)) a second time")
            _ = try QuestionKey(question, rules: rules, at: path)
        }
    }

    private mutating func check(_ select: Int?, of count: Int, at path: QuizPath) {
        guard let select else { return }
        collect { () throws(InvalidDocument) in
            try path.key("select").check((0...count).contains(select), "is \(select), of \(count) questions")
        }
    }

    private mutating func collect(_ check: () throws(InvalidDocument) -> Void) {
        do { try check() } catch { problems.append(error) }
    }
}
