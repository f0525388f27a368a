import QuizScoring

/// `quiz grade`: a grade with its explanation, from files.
struct GradeFiles: SetupVerb {
    static let actions: [String] = []

    private let quiz: String
    private let submission: String
    private let language: Language
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        json = arguments.flag("--json")
        language = try QuizArgument.language(&arguments)
        guard let quiz = try arguments.option("--quiz"), let submission = try arguments.option("--submission") else {
            throw CommandFailure(.usage, "Name two files: --quiz FILE --submission FILE.")
        }
        (self.quiz, self.submission) = (quiz, submission)
    }

    func run() async throws {
        let key = try AnswerKey(QuizSource.document(try InputFile.read(quiz), quiz))
        let grade: Grade
        do {
            grade = try key.grade(Submission(json: try InputFile.read(submission)))
        } catch let error as InvalidDocument {
            throw CommandFailure(.failed, Terminal.line("\(submission): \(error)"))
        }
        if json { return Terminal.print(String(decoding: grade.json(), as: UTF8.self)) }
        Terminal.print(Terminal.printable(GradeText.of(grade, language)))
    }
}
