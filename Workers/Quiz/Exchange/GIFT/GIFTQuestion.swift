import Decimals
import QuizScoring

/// The parts of one question: `::title::prompt {answers} rest`.
struct GIFTQuestion {
    private let line: Int
    private var title: String?
    private let prompt: String
    private let format: TextFormat
    private let answers: Substring
    private var generalFeedback: String?

    init(_ block: GIFTBlock) throws(SkippedQuestion) {
        line = block.line
        var text = Substring(block.text.trimmed)
        title = Self.takeTitle(&text)
        let mark = Self.takeFormat(&text)
        guard let start = GIFTText.firstIndex(of: "{", in: text) else {
            throw SkippedQuestion(line, "The text has no answers in braces; descriptions are not taken over.")
        }
        let after = text[text.index(after: start)...]
        guard let end = GIFTText.firstIndex(of: "}", in: after) else {
            throw SkippedQuestion(line, "The '{' has no '}', so the question is left out.")
        }
        var inner = after[..<end]
        generalFeedback = Self.takeGeneralFeedback(&inner)
        answers = inner
        let tail = GIFTText.plain(after[after.index(after: end)...])
        let head = GIFTText.plain(text[..<start])
        prompt = tail.isEmpty ? head : "\(head) _____ \(tail)"
        format = TextFormat(moodle: mark, of: String(text))
    }

    private static func takeTitle(_ text: inout Substring) -> String? {
        guard text.hasPrefix("::"), let end = text.dropFirst(2).firstRange(of: "::") else { return nil }
        defer { text = text[end.upperBound...].drop(while: \.isWhitespace) }
        return GIFTText.plain(text[text.index(text.startIndex, offsetBy: 2)..<end.lowerBound])
    }

    private static func takeFormat(_ text: inout Substring) -> String? {
        for name in ["html", "moodle", "plain", "markdown"] where text.hasPrefix("[\(name)]") {
            text = text.dropFirst(name.count + 2)
            return name
        }
        return nil
    }

    private static func takeGeneralFeedback(_ text: inout Substring) -> String? {
        guard let mark = text.firstRange(of: "####") else { return nil }
        defer { text = text[..<mark.lowerBound] }
        let feedback = GIFTText.plain(text[mark.upperBound...])
        return feedback.isEmpty ? nil : feedback
    }

    func question(id: String) throws(SkippedQuestion) -> Question {
        Question(
            id: id, title: title, prompt: prompt, format: format, feedback: QuestionFeedback(general: generalFeedback),
            interaction: try interaction())
    }

    // MARK: Types

    private func interaction() throws(SkippedQuestion) -> Interaction {
        let text = answers.drop(while: \.isWhitespace)
        if text.isEmpty { return .essay(EssayInteraction()) }
        if text.first == "#" { return .numeric(NumericInteraction(answers: try numbers(text.dropFirst()))) }
        if let truth = trueFalse(text) { return truth }
        var parts: [GIFTAnswer] = []
        for part in GIFTText.parts(of: text, beginningWith: ["=", "~"]) {
            parts.append(try GIFTAnswer(part, line: line))
        }
        guard !parts.isEmpty else {
            throw SkippedQuestion(line, "The answers begin with neither '=' nor '~', so the question is left out.")
        }
        if parts.contains(where: { !$0.isRight }) { return choice(parts) }
        if parts.allSatisfy({ $0.content.contains("->") }) { return matching(parts) }
        return .shortText(ShortTextInteraction(answers: parts.map(Self.accepted)))
    }

    /// `T`, `FALSE#feedback when wrong#feedback when right`.
    private func trueFalse(_ text: Substring) -> Interaction? {
        let marks = GIFTText.parts(of: text, beginningWith: ["#"])
        let word = (marks.first.map { text[..<$0.startIndex] } ?? text).trimmed.uppercased()
        guard ["T", "TRUE", "F", "FALSE"].contains(word) else { return nil }
        let isTrue = word.hasPrefix("T")
        let feedback = marks.map { GIFTText.plain($0.dropFirst()) }.map { $0.isEmpty ? nil : $0 }
        let (wrong, right) = (feedback.first ?? nil, feedback.count > 1 ? feedback[1] : nil)
        return .trueFalse(
            TrueFalseInteraction(
                answer: isTrue, feedbackTrue: isTrue ? right : wrong, feedbackFalse: isTrue ? wrong : right))
    }

    private func choice(_ parts: [GIFTAnswer]) -> Interaction {
        let choices = parts.enumerated().map { index, part in
            Choice(id: "\(index + 1)", text: part.text, fraction: part.fraction, feedback: part.feedback)
        }
        // As in Moodle: without a `=` several may be chosen.
        return .choice(ChoiceInteraction(choices: choices, multiple: !parts.contains(where: \.isRight)))
    }

    /// Prompts without a text only add an option that is never right.
    private func matching(_ parts: [GIFTAnswer]) -> Interaction {
        var (prompts, options): ([MatchingPrompt], [LabelledItem]) = ([], [])
        for part in parts {
            guard let arrow = part.content.firstRange(of: "->") else { continue }
            let (prompt, answer) = (
                GIFTText.plain(part.content[..<arrow.lowerBound]), GIFTText.plain(part.content[arrow.upperBound...])
            )
            let option = options.first { $0.text == answer }?.id ?? "\(options.count + 1)"
            if option == "\(options.count + 1)" { options.append(LabelledItem(id: option, text: answer)) }
            if !prompt.isEmpty {
                prompts.append(MatchingPrompt(id: "\(prompts.count + 1)", text: prompt, match: option))
            }
        }
        return .matching(MatchingInteraction(prompts: prompts, options: options))
    }

    private static func accepted(_ part: GIFTAnswer) -> TextAnswer {
        TextAnswer(moodle: part.text, fraction: part.fraction, feedback: part.feedback)
    }

    // MARK: Numbers

    private func numbers(_ text: Substring) throws(SkippedQuestion) -> [NumericAnswer] {
        let parts = GIFTText.parts(of: text, beginningWith: ["=", "~"])
        guard !parts.isEmpty else { return [try number(GIFTAnswer("=\(text)", line: line))] }
        var answers: [NumericAnswer] = []
        for part in parts { answers.append(try number(GIFTAnswer(part, line: line))) }
        return answers
    }

    /// `1822:2`, or `3.141..3.142`.
    private func number(_ part: GIFTAnswer) throws(SkippedQuestion) -> NumericAnswer {
        if part.content.trimmed == "*" {
            throw SkippedQuestion(
                line, "The answer '*' accepts any number, which is not possible here, so the question is left out.")
        }
        if let dots = part.content.firstRange(of: "..") {
            let (from, to) = (
                try decimal(part.content[..<dots.lowerBound]), try decimal(part.content[dots.upperBound...])
            )
            return NumericAnswer(
                from: min(from, to), to: max(from, to), fraction: part.fraction, feedback: part.feedback)
        }
        let colon = part.content.firstIndex(of: ":")
        let value = try decimal(colon.map { part.content[..<$0] } ?? part.content)
        let tolerance = try colon.map { place throws(SkippedQuestion) in
            try decimal(part.content[part.content.index(after: place)...])
        }
        return NumericAnswer(
            value: value, tolerance: tolerance.flatMap { $0.isZero ? nil : .absolute($0.magnitude) },
            fraction: part.fraction,
            feedback: part.feedback)
    }

    private func decimal(_ text: Substring) throws(SkippedQuestion) -> Decimal128 {
        let text = GIFTText.plain(text)
        do {
            return try Decimal128(text)
        } catch {
            throw SkippedQuestion(line, "\(InvalidDocument.quoted(text)) \(error), so the question is left out.")
        }
    }
}
