package import QuizScoring

/// What a file held: the questions that were taken over, and everything that was not.
package struct ImportReport: Sendable, Equatable {
    package var questions: [Question] = []
    /// In the order of the lines.
    package var notes: [ImportNote] = []

    mutating func note(_ line: Int, _ problem: String, in file: String? = nil) {
        notes.append(ImportNote(file: file, line: line, problem: problem))
    }
}
