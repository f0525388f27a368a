package import Decimals

/// The rules of a quiz. Every key may be left out.
package struct Rules: Codable, Sendable, Equatable {
    package var behaviour: Behaviour
    package var rounding: Rounding
    package var attempts: AttemptsPolicy
    package var timeLimit: TimeLimit?
    package var late: LatePenalty?
    /// Whether the total may be below zero.
    package var allowsNegativeTotal: Bool
    /// The fraction of the points that passes, itself included.
    package var passMark: Decimal128?
    /// The letter of a grade is that of the highest boundary it reaches.
    package var letters: [LetterBoundary]
    /// What a learner reads about the whole: that of the highest boundary the grade reaches.
    package var feedback: [OverallFeedback]

    package init(
        behaviour: Behaviour = .deferred, rounding: Rounding = Rounding(), attempts: AttemptsPolicy = .best,
        timeLimit: TimeLimit? = nil, late: LatePenalty? = nil, allowsNegativeTotal: Bool = false,
        passMark: Decimal128? = nil, letters: [LetterBoundary] = [], feedback: [OverallFeedback] = []
    ) {
        self.behaviour = behaviour
        self.rounding = rounding
        self.attempts = attempts
        self.timeLimit = timeLimit
        self.late = late
        self.allowsNegativeTotal = allowsNegativeTotal
        self.passMark = passMark
        self.letters = letters
        self.feedback = feedback
    }

    private enum CodingKeys: CodingKey, CaseIterable {
        case behaviour, rounding, attempts, timeLimit, late, allowsNegativeTotal, passMark, letters, feedback
    }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        behaviour = try fields.choice(.behaviour, else: .deferred)
        rounding = try fields.optional(.rounding, else: Rounding())
        attempts = try fields.choice(.attempts, else: .best)
        timeLimit = try fields.optional(.timeLimit)
        late = try fields.optional(.late)
        allowsNegativeTotal = try fields.optional(.allowsNegativeTotal, else: false)
        passMark = try fields.optional(.passMark)
        letters = try fields.optional(.letters, else: [])
        feedback = try fields.optional(.feedback, else: [])
    }
}
