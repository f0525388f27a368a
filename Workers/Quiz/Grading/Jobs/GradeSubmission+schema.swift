import Jobs

extension GradeSubmission {
    static let payloadSchema = PayloadSchema.object(
        "A submission to grade: one whose rows are written, by the attempt's id, or one that is handed over as a whole.",
        [
            .optional("attempt", .integer(), "The id of the row of coursework.quiz_attempts."),
            .optional("learner", .text(.withoutNUL, 1...255).subject, "Who handed it in."),
            .optional("submission", submission, "What was handed in."),
        ],
        rules: [
            FieldRule(
                "needs either 'attempt', or 'learner' and 'submission'",
                [
                    .init(has: ["attempt"], lacks: ["learner", "submission"]),
                    .init(has: ["learner", "submission"], lacks: ["attempt"]),
                ])
        ])

    /// As ``Handed`` takes it.
    private static let submission = PayloadSchema.object(
        nil,
        [
            .required("quiz", .text(.withoutNUL), "The quiz's id."),
            .required("version", .integer(0...Int(Int32.max)), "The version that the learner saw."),
            .optional("attempt", .integer(1...1_000_000), "The number of the attempt. Else 1."),
            .optional("seed", .integer(0...(1 << 53)), "What chose questions and numbers. Else 0."),
            .optional("startedAt", time, "When it began, in seconds since 1970."),
            .optional("submittedAt", time, "When it was handed in, in seconds since 1970."),
            .optional("extraTime", seconds, "Seconds beyond the time limit."),
            .optional("extensionTime", seconds, "Seconds beyond the due date."),
            .required("responses", .map(of: response), "The answers, by the ids of the questions."),
            .optional(
                "marks", .object(nil, [], others: nil), "Nothing: persons' marks are rows of coursework.quiz_marks."),
        ], others: nil)

    private static let time = PayloadSchema.integer(0...7_258_118_400)
    private static let seconds = PayloadSchema.integer(0...1_000_000_000)

    private static let response = PayloadSchema.object(
        nil,
        [
            .optional("value", answer, "The last answer; none where the question was left out."),
            .optional("tries", .array(of: answer), "Earlier answers, first to last."),
            .optional("certainty", .integer(), "How sure the learner is: 1 not very, 2 fairly, 3 very."),
        ], others: nil)

    private static let texts: [PayloadSchema] = [.text(), .boolean, .number(numbers)]
    private static let list = PayloadSchema.array(of: .oneOf(texts))
    private static let answer = PayloadSchema.oneOf(texts + [list, .map(of: .oneOf(texts + [list]))])
    /// What is beyond has no exact decimal here; as a text it may be handed in all the same.
    private static let numbers = -1e99...1e99
}
