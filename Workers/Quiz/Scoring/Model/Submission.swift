/// What a learner handed in: `{"quiz":"algebra-1","version":3,"attempt":1,"responses":{"q1":{"value":"b"}}}`.
///
/// Times are whole seconds since 1970, UTC.
package struct Submission: JSONDocument, Sendable, Equatable {
    package var quiz: String
    package var version: Int
    /// The number of the attempt, from 1.
    package var attempt: Int
    /// Chooses questions and the values of variables. From 0 to 2^53, so that every language reads it alike.
    package var seed: Int
    package var startedAt: Int?
    package var submittedAt: Int?
    /// Seconds that this learner has beyond the time limit.
    package var extraTime: Int
    /// Seconds that this learner has beyond the due date.
    package var extensionTime: Int
    /// By the ids of the questions.
    package var responses: [String: Response]
    /// What persons gave, by the ids of the questions; it stands in the place of what would be scored.
    package var marks: [String: ManualMark]

    package init(
        quiz: String, version: Int = 1, attempt: Int = 1, seed: Int = 0, startedAt: Int? = nil,
        submittedAt: Int? = nil, extraTime: Int = 0, extensionTime: Int = 0, responses: [String: Response],
        marks: [String: ManualMark] = [:]
    ) {
        self.quiz = quiz
        self.version = version
        self.attempt = attempt
        self.seed = seed
        self.startedAt = startedAt
        self.submittedAt = submittedAt
        self.extraTime = extraTime
        self.extensionTime = extensionTime
        self.responses = responses
        self.marks = marks
    }

    private enum CodingKeys: CodingKey, CaseIterable {
        case quiz, version, attempt, seed, startedAt, submittedAt, extraTime, extensionTime, responses, marks
    }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        quiz = try fields.required(.quiz)
        version = try fields.required(.version)
        attempt = try fields.optional(.attempt, else: 1)
        seed = try fields.optional(.seed, else: 0)
        startedAt = try fields.optional(.startedAt)
        submittedAt = try fields.optional(.submittedAt)
        extraTime = try fields.optional(.extraTime, else: 0)
        extensionTime = try fields.optional(.extensionTime, else: 0)
        responses = try fields.required(.responses)
        marks = try fields.optional(.marks, else: [:])
    }
}
