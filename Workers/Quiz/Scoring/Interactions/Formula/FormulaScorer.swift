import Decimals

/// Scores a number by a formula over the variables of the attempt.
struct FormulaScorer: InteractionScorer {
    private struct Answer {
        let formula: Formula
        let tolerance: Tolerance?
        let score: Score
    }

    private let draws: [VariableDraw]
    private let answers: [Answer]
    private let units: UnitTable

    init(_ interaction: FormulaInteraction, at path: QuizPath, name: String) throws(InvalidDocument) {
        let variables = path.key("variables")
        try variables.check(count: interaction.variables.count, in: 0...100, of: "variables")
        var draws: [VariableDraw] = []
        for (index, variable) in interaction.variables.enumerated() {
            draws.append(try VariableDraw(variable, question: name, at: variables.index(index)))
        }
        let names = Set(draws.map(\.name))
        try variables.check(names.count == draws.count, "has a name twice; write each once")
        let place = path.key("answers")
        try place.check(count: interaction.answers.count, in: 1...Limits.formulas, of: "answers")
        var answers: [Answer] = []
        for (index, answer) in interaction.answers.enumerated() {
            answers.append(try Self.answer(answer, names, at: place.index(index)))
        }
        (self.draws, self.answers) = (draws, answers)
        units = try UnitTable(
            interaction.units, interaction.unitRule, penalty: interaction.unitPenalty, at: path)
    }

    private static func answer(
        _ answer: FormulaAnswer, _ names: Set<String>, at path: QuizPath
    ) throws(InvalidDocument) -> Answer {
        try path.key("fraction").check(fraction: answer.fraction)
        try answer.tolerance?.check(at: path.key("tolerance"))
        let formula: Formula
        do {
            formula = try Formula(answer.formula)
        } catch {
            throw path.key("formula").error(error.description)
        }
        if let unknown = formula.variables.subtracting(names).min() {
            throw path.key("formula").error("has {\(unknown)}, which is no variable of the question; add it")
        }
        return Answer(
            formula: formula, tolerance: answer.tolerance,
            score: .accepted(answer.fraction, feedback: answer.feedback))
    }

    func score(_ response: ResponseValue, seed: Seed) -> Score {
        let values = draws.map { FormulaValue($0.name, $0.value(seed)) }
        var accepted: [AcceptedNumber] = []
        accepted.reserveCapacity(answers.count)
        for answer in answers {
            guard let value = answer.formula.value(values) else { return Self.withoutValue(values) }
            accepted.append(AcceptedNumber(value, answer.tolerance, answer.score))
        }
        var score = NumberScoring.score(response, accepted, units)
        if !values.isEmpty { score.steps.insert(Self.step(values), at: 0) }
        return score
    }

    /// The author's mistake, which must not cost the learner: a person decides.
    private static func withoutValue(_ values: [FormulaValue]) -> Score {
        var score = Score(0, step(values), ExplanationStep(.awaitingPerson))
        score.status = .awaitingPerson
        return score
    }

    private static func step(_ values: [FormulaValue]) -> ExplanationStep {
        var text = ""
        for value in values { text += (text.isEmpty ? "" : ", ") + value.name + " = " + value.value.description }
        return ExplanationStep(.variables, subject: text)
    }
}
