import QuizScoring

/// Reads Moodle XML: https://docs.moodle.org/en/Moodle_XML_format.
package enum MoodleImport {
    /// - Parameter bytes: XML in UTF-8.
    package static func read(_ bytes: [UInt8]) throws(InvalidImport) -> ImportReport {
        let root = try XMLElement(parsing: bytes)
        guard root.name == "quiz" else {
            throw InvalidImport(
                "The file is no Moodle XML: its outermost element is \(InvalidDocument.quoted(root.name)), not quiz.")
        }
        var report = ImportReport()
        for element in root.elements {
            do throws(SkippedQuestion) {
                var source = MoodleQuestion(element)
                report.questions.append(try source.question(id: "q\(report.questions.count + 1)"))
                report.notes += source.notes
            } catch {
                report.note(error.line, error.problem)
            }
        }
        report.notes.sort { $0.line < $1.line }
        return report
    }
}
