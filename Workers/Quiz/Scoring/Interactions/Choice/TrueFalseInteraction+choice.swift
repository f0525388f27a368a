import Decimals

extension TrueFalseInteraction {
    /// The same question as a single choice.
    var asChoice: ChoiceInteraction {
        ChoiceInteraction(choices: [
            Choice(id: "true", text: "True", fraction: answer ? 1 : 0, feedback: feedbackTrue),
            Choice(id: "false", text: "False", fraction: answer ? 0 : 1, feedback: feedbackFalse),
        ])
    }
}
