import QuizScoring

/// Reads Moodle's GIFT format: https://docs.moodle.org/en/GIFT_format.
package enum GIFTImport {
    /// - Parameter bytes: UTF-8.
    package static func read(_ bytes: [UInt8]) throws(InvalidImport) -> ImportReport {
        try InvalidImport.check(bytes)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw InvalidImport("The file is not in UTF-8; save it so.")
        }
        var report = ImportReport()
        for block in GIFTBlock.blocks(of: text, &report) {
            do throws(SkippedQuestion) {
                let id = "q\(report.questions.count + 1)"
                report.questions.append(try GIFTQuestion(block).question(id: id))
            } catch {
                report.note(error.line, error.problem)
            }
        }
        return report
    }
}
