import Decimals

/// Scores a QTI item: the sum of its variables, of the most there is.
struct TemplateScorer: InteractionScorer {
    private let variables: [VariableScorer]
    private let rules: [AppliedRule]
    private let ids: Set<String>
    let maxScore: Decimal128

    init(_ interaction: TemplateInteraction, at path: QuizPath) throws(InvalidDocument) {
        let place = path.key("responses")
        try place.check(count: interaction.responses.count, in: 1...Limits.parts, of: "variables")
        _ = try IDTable(interaction.responses.map(\.id), at: place)
        ids = Set(interaction.responses.map(\.id))
        var variables: [VariableScorer] = []
        for (index, declaration) in interaction.responses.enumerated() {
            variables.append(try VariableScorer(declaration, at: place.index(index)))
        }
        self.variables = variables
        rules = interaction.responses.map { Self.rule($0.template) }
        maxScore = interaction.maxScore ?? variables.reduce(0) { $0 + $1.maxScore }
        try path.key("maxScore").check(
            maxScore > 0 && maxScore <= Decimal128(Limits.points), "is \(maxScore); write one above 0")
    }

    private static func rule(_ template: ResponseTemplate) -> AppliedRule {
        switch template {
        case .matchCorrect: .matchCorrect
        case .mapResponse: .mapResponse
        case .mapResponsePoint: .mapResponsePoint
        }
    }

    func score(_ response: ResponseValue, seed: Seed) -> Score {
        if case .record(let values) = response, let unknown = values.unknownName(among: ids) {
            return .unreadable("has no part \(InvalidDocument.quoted(unknown))")
        }
        var (sum, steps): (Decimal128, [ExplanationStep]) = (0, [])
        for (variable, rule) in zip(variables, rules) {
            guard let score = variable.score(value(of: variable, in: response)) else {
                return .unreadable("has no value that \(InvalidDocument.quoted(variable.id)) takes")
            }
            sum += score
            steps.append(step(rule, score, variable))
        }
        return Score(max(-1, min(1, sum.divided(by: maxScore) ?? 0)), steps: steps)
    }

    private func value(of variable: VariableScorer, in response: ResponseValue) -> ResponseValue? {
        if case .record(let values) = response { return values[variable.id] }
        return variables.count == 1 ? response : nil
    }

    private func step(_ rule: AppliedRule, _ score: Decimal128, _ variable: VariableScorer) -> ExplanationStep {
        let subject = variables.count == 1 ? nil : variable.id
        return rule == .matchCorrect
            ? ExplanationStep(rule, score.isZero ? 0 : 1, subject: subject)
            : ExplanationStep(rule, value: score, subject: subject)
    }
}
