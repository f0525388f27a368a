import Decimals
import QuizScoring

/// Reads response processing that compares a number: the first `qti-equal` that holds gives the score.
struct QTINumbers {
    let interaction: NumericInteraction
    let points: Decimal128

    /// - Returns: `nil` where no number is compared within a tolerance.
    init?(_ item: QTIItem) throws(SkippedQuestion) {
        guard let processing = item.root.first("qti-response-processing"),
            processing.descendants.contains(where: { $0.name == "qti-equal" })
        else { return nil }
        guard let declaration = item.root.first("qti-response-declaration"),
            item.root.all("qti-response-declaration").count == 1, processing.elements.count == 1,
            let condition = processing.first("qti-response-condition")
        else {
            throw SkippedQuestion(
                processing.line, "The response processing has rules beyond one condition, so the item is left out.")
        }
        let reader = Reader(
            variable: declaration.attributes["identifier"] ?? "",
            correct: declaration.first("qti-correct-response").flatMap { QTIDeclaration.values($0).first },
            maxScore: item.maxScore)
        var answers: [NumericAnswer] = []
        for branch in condition.elements {
            switch branch.name {
            case "qti-response-if", "qti-response-else-if": answers.append(try reader.answer(branch))
            case "qti-response-else": try reader.checkElse(branch)
            default: throw .unknownRule(branch)
            }
        }
        let highest = answers.map(\.fraction).max() ?? 0
        guard highest > 0 else { throw .unknownRule(condition) }
        points = highest
        for index in answers.indices { answers[index].fraction = answers[index].fraction.divided(by: highest) ?? 0 }
        interaction = NumericInteraction(answers: answers)
    }

    private struct Reader {
        let variable: String
        let correct: String?
        let maxScore: Decimal128?

        /// Its fraction is still the score.
        func answer(_ branch: XMLElement) throws(SkippedQuestion) -> NumericAnswer {
            guard let equal = branch.elements.first, equal.name == "qti-equal", equal.elements.count == 2 else {
                throw .unknownRule(branch.elements.first ?? branch)
            }
            var answer = try accepted(equal)
            var score: Decimal128?
            for action in branch.elements.dropFirst() { score = try self.score(action) ?? score }
            guard let score, !score.isNegative else { throw .unknownRule(branch) }
            answer.fraction = score
            return answer
        }

        private func accepted(_ equal: XMLElement) throws(SkippedQuestion) -> NumericAnswer {
            let isVariableFirst = isVariable(equal.elements[0])
            guard isVariableFirst || isVariable(equal.elements[1]),
                let value = number(equal.elements[isVariableFirst ? 1 : 0]), let (below, above) = tolerance(equal),
                equal.attributes["include-lower-bound"] != "false", equal.attributes["include-upper-bound"] != "false"
            else { throw .unknownRule(equal) }
            switch equal.attributes["tolerance-mode"] ?? "exact" {
            case "exact": return NumericAnswer(value: value)
            case "absolute" where below == above:
                return NumericAnswer(value: value, tolerance: below.isZero ? nil : .absolute(below))
            // The tolerances are those of the first value: the response may lie as far on the other side.
            case "absolute" where isVariableFirst: return NumericAnswer(from: value - above, to: value + below)
            case "absolute": return NumericAnswer(from: value - below, to: value + above)
            case "relative" where below == above && !isVariableFirst && !value.isNegative:
                return NumericAnswer(value: value, tolerance: .relative(below * Decimal128(1, exponent: -2)))
            default: throw .unknownRule(equal)
            }
        }

        private func isVariable(_ element: XMLElement) -> Bool {
            element.name == "qti-variable" && element.attributes["identifier"] == variable
        }

        /// One number for both sides, or one for each; none is nothing. `nil` for what is no tolerance.
        private func tolerance(_ equal: XMLElement) -> (below: Decimal128, above: Decimal128)? {
            let texts = (equal.attributes["tolerance"] ?? "").split(whereSeparator: \.isWhitespace)
            let sizes = texts.compactMap { try? Decimal128($0) }
            guard sizes.count == texts.count, sizes.count <= 2, sizes.allSatisfy({ !$0.isNegative }) else { return nil }
            return (sizes.first ?? 0, sizes.last ?? 0)
        }

        private func number(_ element: XMLElement) -> Decimal128? {
            switch element.name {
            case "qti-base-value": try? Decimal128(element.words)
            case "qti-correct" where element.attributes["identifier"] == variable:
                correct.flatMap { try? Decimal128($0) }
            default: nil
            }
        }

        /// `nil` for an outcome that is about feedback.
        private func score(_ action: XMLElement) throws(SkippedQuestion) -> Decimal128? {
            guard action.name == "qti-set-outcome-value" else { throw .unknownRule(action) }
            guard action.attributes["identifier"] == "SCORE" else { return nil }
            if action.first("qti-variable")?.attributes["identifier"] == "MAXSCORE" { return maxScore }
            guard let score = action.first("qti-base-value").flatMap({ try? Decimal128($0.words) }) else {
                throw .unknownRule(action)
            }
            return score
        }

        func checkElse(_ branch: XMLElement) throws(SkippedQuestion) {
            for action in branch.elements {
                guard let score = try score(action) else { continue }
                guard score.isZero else { throw .unknownRule(action) }
            }
        }
    }
}
