/// Scores a number.
struct NumericScorer: InteractionScorer {
    private let answers: [AcceptedNumber]
    private let units: UnitTable

    init(_ interaction: NumericInteraction, at path: QuizPath) throws(InvalidDocument) {
        let place = path.key("answers")
        try place.check(count: interaction.answers.count, in: 1...Limits.answers, of: "answers")
        var answers: [AcceptedNumber] = []
        for (index, answer) in interaction.answers.enumerated() {
            answers.append(try answer.accepted(at: place.index(index)))
        }
        self.answers = answers
        units = try UnitTable(
            interaction.units, interaction.unitRule, penalty: interaction.unitPenalty, at: path)
    }

    func score(_ response: ResponseValue, seed: Seed) -> Score { NumberScoring.score(response, answers, units) }
}
