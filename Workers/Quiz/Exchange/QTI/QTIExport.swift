import Decimals
package import QuizScoring

/// Writes items of QTI 3.0, one for each question.
package enum QTIExport {
    /// - Returns: the XML of one item; nothing in it when the format cannot hold the question, which is noted.
    package static func write(_ question: Question) -> ExportReport {
        var report = ExportReport()
        guard let item = QTIItemShape(question) else {
            report.note(
                question.id,
                "QTI has no rules for this \(question.interaction.kind.rawValue) question, so it is left out."
            )
            return report
        }
        noteLosses(of: question, &report)
        if !QTIText(format: question.format).holds(
            [question.prompt, question.feedback.general ?? ""] + item.body.texts)
        {
            report.note(question.id, "The \(question.format) of its texts is written as it is, since it is no XML.")
        }
        if let points = item.points, points != question.points {
            report.note(
                question.id, "The points \(question.points) become \(points), which is what the template gives.")
        }
        var writer = XMLWriter()
        writer.element(
            "qti-assessment-item",
            [
                "xmlns": "http://www.imsglobal.org/xsd/imsqtiasi_v3p0", "identifier": question.id,
                "title": question.title ?? question.id, "adaptive": "false", "time-dependent": "false",
            ]
        ) { item.write(&$0, question) }
        report.text = writer.text
        return report
    }

    private static func noteLosses(of question: Question, _ report: inout ExportReport) {
        if question.feedback != QuestionFeedback(general: question.feedback.general) {
            report.note(question.id, "The feedback by result is not written.")
        }
        if question.correction != nil { report.note(question.id, "QTI cannot hold the correction.") }
        if question.penalty != Question.defaultPenalty { report.note(question.id, "QTI cannot hold the penalty.") }
        if question.interaction.hasFeedback { report.note(question.id, "The feedback of the answers is not written.") }
        if case .essay(let essay) = question.interaction, essay != EssayInteraction() {
            report.note(question.id, "The rubric, and how many words are asked for, is not written.")
        }
    }
}

extension Interaction {
    /// Whether single answers have feedback of their own.
    fileprivate var hasFeedback: Bool {
        switch self {
        case .choice(let choice): choice.choices.contains { $0.feedback != nil }
        case .trueFalse(let truth): truth.feedbackTrue != nil || truth.feedbackFalse != nil
        case .numeric(let numeric): numeric.answers.contains { $0.feedback != nil }
        case .shortText(let text): text.answers.contains { $0.feedback != nil }
        case .cloze(let cloze): cloze.gaps.contains { $0.interaction.hasFeedback }
        default: false
        }
    }
}
