/// Something of a question that the format cannot hold, for the person who exports.
package struct ExportNote: Sendable, Equatable, CustomStringConvertible {
    /// The id of the question.
    package let question: String
    /// A sentence.
    package let problem: String

    package var description: String { "Question \(question): \(problem)" }
}
