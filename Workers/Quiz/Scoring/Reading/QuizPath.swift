/// A place in a quiz, built on the way down and written out only for an error.
struct QuizPath {
    let text: String

    static let root = QuizPath(text: "")

    func key(_ name: String) -> QuizPath { QuizPath(text: text.isEmpty ? name : "\(text).\(name)") }
    func index(_ index: Int) -> QuizPath { QuizPath(text: "\(text)[\(index)]") }

    func error(_ problem: String) -> InvalidDocument { InvalidDocument(path: text, problem) }
}
