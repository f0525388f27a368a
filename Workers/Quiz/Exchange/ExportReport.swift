/// A file for another platform, and everything that it cannot hold.
package struct ExportReport: Sendable, Equatable {
    package var text = ""
    package var notes: [ExportNote] = []

    mutating func note(_ question: String, _ problem: String) {
        notes.append(ExportNote(question: question, problem: problem))
    }
}
