import Decimals
import QuizScoring

/// Questions within a text: `{2:NUMERICAL:=5:0.1#Yes~%50%6}`, as Moodle's Cloze questions are written.
enum MoodleCloze {
    /// The text with `{1}`, `{2}` … in the place of the questions.
    static func read(_ text: String, line: Int) throws(SkippedQuestion) -> (prompt: String, gaps: [ClozeGap]) {
        var (prompt, gaps, rest): (String, [ClozeGap], Substring) = ("", [], text[...])
        while let start = GIFTText.firstIndex(of: "{", in: rest) {
            guard let end = GIFTText.firstIndex(of: "}", in: rest[start...]) else { break }
            let id = "\(gaps.count + 1)"
            let inner = rest[rest.index(after: start)..<end]
            guard let gap = try gap(inner, id: id, line: line) else {
                prompt += rest[...end]
                rest = rest[rest.index(after: end)...]
                continue
            }
            gaps.append(gap)
            prompt += rest[..<start] + "{\(id)}"
            rest = rest[rest.index(after: end)...]
        }
        return (prompt + rest, gaps)
    }

    /// `nil` for braces that hold no question.
    private static func gap(_ text: Substring, id: String, line: Int) throws(SkippedQuestion) -> ClozeGap? {
        let parts = text.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, let weight = parts[0].isEmpty ? 1 : try? Decimal128(parts[0].trimmed) else {
            return nil
        }
        let answers = try answers(parts[2], line: line)
        switch parts[1].uppercased() {
        case "SHORTANSWER", "SA", "MW", "SHORTANSWER_C", "SAC", "MWC":
            let isCaseSensitive = parts[1].uppercased().hasSuffix("C")
            let texts = answers.map { TextAnswer(moodle: $0.text, fraction: $0.fraction, feedback: $0.feedback) }
            return ClozeGap(
                id: id, weight: weight,
                interaction: .shortText(ShortTextInteraction(answers: texts, caseSensitive: isCaseSensitive)))
        case "NUMERICAL", "NM":
            return ClozeGap(id: id, weight: weight, interaction: .numeric(try numeric(answers, line)))
        case let type where type.hasPrefix("MULTICHOICE") || type.hasPrefix("MC"):
            let choices = answers.enumerated().map {
                Choice(id: "\($0 + 1)", text: $1.text, fraction: $1.fraction, feedback: $1.feedback)
            }
            return ClozeGap(
                id: id, weight: weight, interaction: .choice(ChoiceInteraction(choices: choices, allowsNegative: false))
            )
        case let type:
            throw SkippedQuestion(
                line,
                "The gap \(id) is of the type \(InvalidDocument.quoted(type)), which is not possible here, so the question is left out."
            )
        }
    }

    /// Separated by `~`; `=` and percents before, feedback behind.
    private static func answers(_ text: Substring, line: Int) throws(SkippedQuestion) -> [GIFTAnswer] {
        var answers: [GIFTAnswer] = []
        for part in GIFTText.parts(of: "~\(text)"[...], beginningWith: ["~"]) {
            let content = part.dropFirst()
            answers.append(try GIFTAnswer(content.first == "=" ? content : "~\(content)"[...], line: line))
        }
        return answers
    }

    private static func numeric(_ answers: [GIFTAnswer], _ line: Int) throws(SkippedQuestion) -> NumericInteraction {
        var numbers: [NumericAnswer] = []
        for answer in answers {
            let parts = answer.content.split(separator: ":", maxSplits: 1)
            guard let value = parts.first.flatMap({ try? Decimal128($0.trimmed) }),
                let tolerance = parts.count < 2 ? 0 : try? Decimal128(parts[1].trimmed)
            else {
                throw SkippedQuestion(
                    line, "The answer \(InvalidDocument.quoted(answer.text)) is no number, so the question is left out."
                )
            }
            numbers.append(
                NumericAnswer(
                    value: value, tolerance: tolerance.isZero ? nil : .absolute(tolerance.magnitude),
                    fraction: answer.fraction,
                    feedback: answer.feedback))
        }
        return NumericInteraction(answers: numbers)
    }

    // MARK: Writing

    /// - Returns: `nil` where a gap cannot be written so.
    static func write(_ cloze: ClozeInteraction) -> String? {
        var text = cloze.text
        for gap in cloze.gaps {
            guard let inner = inner(gap.interaction), gap.weight.wholeNumber != nil,
                let place = text.firstRange(of: "{\(gap.id)}")
            else { return nil }
            text.replaceSubrange(place, with: "{\(gap.weight):\(inner)}")
        }
        return text
    }

    private static func inner(_ interaction: Interaction) -> String? {
        switch interaction {
        case .shortText(let text):
            let answers = text.answers.compactMap { answer in
                answer.moodleText.map { written($0, answer.fraction, answer.feedback) }
            }
            guard answers.count == text.answers.count else { return nil }
            return (text.caseSensitive ? "SHORTANSWER_C:" : "SHORTANSWER:") + answers.joined(separator: "~")
        case .numeric(let numeric):
            let answers = numeric.answers.compactMap { answer in
                MoodleNumber(answer).map { weighted("\($0.value):\($0.tolerance)", answer.fraction, answer.feedback) }
            }
            return numeric.units.isEmpty && answers.count == numeric.answers.count
                ? "NUMERICAL:" + answers.joined(separator: "~") : nil
        case .choice(let choice) where !choice.multiple && choice.scoring == .weights && !choice.allowsNegative:
            return "MULTICHOICE:"
                + choice.choices.map { written($0.text, $0.fraction, $0.feedback) }.joined(separator: "~")
        default: return nil
        }
    }

    private static func written(_ text: String, _ fraction: Decimal128, _ feedback: String?) -> String {
        weighted(GIFTText.escaped(text), fraction, feedback)
    }

    private static func weighted(_ text: String, _ fraction: Decimal128, _ feedback: String?) -> String {
        let mark = fraction == 1 ? "=" : fraction.isZero ? "" : "%\(fraction * 100)%"
        return mark + text + (feedback.map { "#\(GIFTText.escaped($0))" } ?? "")
    }
}
