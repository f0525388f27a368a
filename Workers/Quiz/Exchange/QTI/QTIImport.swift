import QuizScoring

/// Reads assessment items of QTI 3.0: https://www.imsglobal.org/spec/qti/v3p0/.
///
/// An item becomes a question that is scored by the response processing template it names, or by its own rules where
/// they say the same. Items that adapt, draw variables or have other rules are left out, and named.
package enum QTIImport {
    /// - Parameter bytes: one item, XML in UTF-8.
    package static func read(_ bytes: [UInt8]) throws(InvalidImport) -> ImportReport {
        let root = try XMLElement(parsing: bytes)
        guard root.name == "qti-assessment-item" else {
            throw InvalidImport(
                "The file is no QTI 3.0 item: its outermost element is \(InvalidDocument.quoted(root.name)), not qti-assessment-item."
            )
        }
        var report = ImportReport()
        do throws(SkippedQuestion) {
            var item = try QTIItem(root)
            report.questions.append(try item.question())
            report.notes = item.notes.sorted { $0.line < $1.line }
        } catch {
            report.note(error.line, error.problem)
        }
        return report
    }
}
