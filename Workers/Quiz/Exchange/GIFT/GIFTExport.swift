import Decimals
package import QuizScoring

/// Writes Moodle's GIFT format.
package enum GIFTExport {
    package static func write(_ questions: [Question]) -> ExportReport {
        var report = ExportReport()
        for question in questions {
            guard let answers = answers(of: question.interaction) else {
                report.note(
                    question.id,
                    "GIFT cannot hold this \(question.interaction.kind.rawValue) question, so it is left out.")
                continue
            }
            noteLosses(of: question, &report)
            let general = question.feedback.general.map { "\n####\(GIFTText.escaped($0))" } ?? ""
            let title = question.title.map { "::\(GIFTText.escaped($0))::" } ?? ""
            let mark = question.format.giftMark(of: question.prompt + answers)
            report.text += "\(title)\(mark)\(GIFTText.escaped(question.prompt)) {\(answers)\(general)}\n\n"
        }
        return report
    }

    private static func noteLosses(of question: Question, _ report: inout ExportReport) {
        if question.points != 1 { report.note(question.id, "GIFT cannot hold the points; they become 1.") }
        if question.penalty != Question.defaultPenalty { report.note(question.id, "GIFT cannot hold the penalty.") }
        if question.correction != nil { report.note(question.id, "GIFT cannot hold the correction.") }
        let feedback = question.feedback
        if feedback.correct ?? feedback.partial ?? feedback.incorrect != nil {
            report.note(question.id, "GIFT cannot hold feedback for right and wrong answers as a whole.")
        }
    }

    private static func answers(of interaction: Interaction) -> String? {
        switch interaction {
        case .choice(let choice): answers(choice)
        case .trueFalse(let truth): answers(truth)
        case .numeric(let numeric): answers(numeric)
        case .shortText(let text): answers(text)
        case .matching(let matching): answers(matching)
        case .essay(let essay): essay == EssayInteraction() ? "" : nil
        default: nil
        }
    }

    private static func answers(_ choice: ChoiceInteraction) -> String? {
        guard choice.scoring == .weights, !choice.allowsNegative,
            choice.choices.contains(where: { $0.fraction == 1 }) || choice.multiple
        else { return nil }
        return choice.choices.map { item in
            // `=` makes it a single choice.
            let mark = !choice.multiple && item.fraction == 1 ? "=" : "~\(weight(item.fraction, of: 0))"
            return "\n\(mark)\(GIFTText.escaped(item.text))\(feedback(item.feedback))"
        }.joined()
    }

    private static func answers(_ truth: TrueFalseInteraction) -> String {
        let (wrong, right) =
            truth.answer ? (truth.feedbackFalse, truth.feedbackTrue) : (truth.feedbackTrue, truth.feedbackFalse)
        let word = truth.answer ? "TRUE" : "FALSE"
        return word + (right != nil ? "#\(GIFTText.escaped(wrong ?? ""))\(feedback(right))" : feedback(wrong))
    }

    private static func answers(_ numeric: NumericInteraction) -> String? {
        guard numeric.units.isEmpty else { return nil }
        let answers = numeric.answers.compactMap { answer -> String? in
            guard let number = number(answer) else { return nil }
            return "\n=\(weight(answer.fraction, of: 1))\(number)\(feedback(answer.feedback))"
        }
        return answers.count == numeric.answers.count ? "#" + answers.joined() : nil
    }

    private static func number(_ answer: NumericAnswer) -> String? {
        if let from = answer.from, let to = answer.to { return "\(from)..\(to)" }
        guard let value = answer.value else { return nil }
        switch answer.tolerance {
        case nil: return "\(value):0"
        case .absolute(let size): return "\(value):\(size)"
        default: return nil
        }
    }

    private static func answers(_ text: ShortTextInteraction) -> String? {
        guard !text.caseSensitive else { return nil }
        let answers = text.answers.compactMap { answer in
            answer.moodleText.map {
                "\n=\(weight(answer.fraction, of: 1))\(GIFTText.escaped($0))\(feedback(answer.feedback))"
            }
        }
        return answers.count == text.answers.count ? answers.joined() : nil
    }

    private static func answers(_ matching: MatchingInteraction) -> String? {
        guard matching.scoring == .partial else { return nil }
        let texts = Dictionary(matching.options.map { ($0.id, $0.text) }) { first, _ in first }
        let used = Set(matching.prompts.map(\.match))
        let pairs = matching.prompts.map {
            "\n=\(GIFTText.escaped($0.text)) -> \(GIFTText.escaped(texts[$0.match] ?? ""))"
        }
        let others = matching.options.filter { !used.contains($0.id) }.map { "\n= -> \(GIFTText.escaped($0.text))" }
        return (pairs + others).joined()
    }

    private static func weight(_ fraction: Decimal128, of standard: Decimal128) -> String {
        fraction == standard ? "" : "%\(fraction * 100)%"
    }

    private static func feedback(_ text: String?) -> String { text.map { "#\(GIFTText.escaped($0))" } ?? "" }
}
