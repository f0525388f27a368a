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
            default: throw Reader.unknown(branch)
            }
        }
        let highest = answers.map(\.fraction).max() ?? 0
        guard highest > 0 else { throw Reader.unknown(condition) }
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
                throw Self.unknown(branch.elements.first ?? branch)
            }
            var answer = try accepted(equal)
            var score: Decimal128?
            for action in branch.elements.dropFirst() { score = try self.score(action) ?? score }
            guard let score, !score.isNegative else { throw Self.unknown(branch) }
            answer.fraction = score
            return answer
        }

        private func accepted(_ equal: XMLElement) throws(SkippedQuestion) -> NumericAnswer {
            let isVariableFirst =
                equal.elements[0].attributes["identifier"] == variable && equal.elements[0].name == "qti-variable"
            let other = equal.elements[isVariableFirst ? 1 : 0]
            guard isVariableFirst || equal.elements[1].attributes["identifier"] == variable,
                let value = number(other),
                equal.attributes["include-lower-bound"] != "false", equal.attributes["include-upper-bound"] != "false"
            else { throw Self.unknown(equal) }
            let texts = (equal.attributes["tolerance"] ?? "").split(whereSeparator: \.isWhitespace)
            let sizes = texts.compactMap { try? Decimal128($0) }
            guard sizes.count == texts.count, sizes.count <= 2, sizes.allSatisfy({ !$0.isNegative }) else {
                throw Self.unknown(equal)
            }
            let (below, above) = (sizes.first ?? 0, sizes.last ?? 0)
            switch equal.attributes["tolerance-mode"] ?? "exact" {
            case "exact": return NumericAnswer(value: value)
            case "absolute" where below == above:
                return NumericAnswer(value: value, tolerance: below.isZero ? nil : .absolute(below))
            case "absolute":
                return isVariableFirst
                    ? NumericAnswer(from: value - above, to: value + below)
                    : NumericAnswer(from: value - below, to: value + above)
            case "relative" where below == above && !isVariableFirst && !value.isNegative:
                return NumericAnswer(value: value, tolerance: .relative(below * Decimal128(1, exponent: -2)))
            default: throw Self.unknown(equal)
            }
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
            guard action.name == "qti-set-outcome-value" else { throw Self.unknown(action) }
            guard action.attributes["identifier"] == "SCORE" else { return nil }
            if action.first("qti-variable")?.attributes["identifier"] == "MAXSCORE" { return maxScore }
            guard let score = action.first("qti-base-value").flatMap({ try? Decimal128($0.words) }) else {
                throw Self.unknown(action)
            }
            return score
        }

        func checkElse(_ branch: XMLElement) throws(SkippedQuestion) {
            for action in branch.elements {
                guard let score = try score(action) else { continue }
                guard score.isZero else { throw Self.unknown(action) }
            }
        }

        static func unknown(_ element: XMLElement) -> SkippedQuestion { .unknownRule(element) }
    }
}
