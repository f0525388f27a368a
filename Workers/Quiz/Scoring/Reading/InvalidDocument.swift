/// What is wrong in a quiz or a submission, where, and what to write instead: one sentence for its author.
package struct InvalidDocument: Error, Equatable, CustomStringConvertible {
    /// The place, such as `sections[0].questions[3].points`; empty for the whole.
    package let path: String
    /// The sentence goes on from the place: `is not a number; write …`.
    package let problem: String

    package init(path: String, _ problem: String) {
        self.path = path
        self.problem = problem
    }

    package var description: String { (path.isEmpty ? "The document" : path) + " \(problem)." }

    /// What an author or a learner wrote, short and on one line.
    package static func quoted(_ text: String) -> String {
        let shown = String(text.prefix(40)).debugDescription.dropFirst().dropLast()
        return "'\(shown)\(text.count > 40 ? "…" : "")'"
    }
}
