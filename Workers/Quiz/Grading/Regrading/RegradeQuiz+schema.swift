import Jobs

extension RegradeQuiz {
    static let payloadSchema = PayloadSchema.object(
        "Grades all attempts of a quiz again by one of its versions, or those of all quizzes of a course by the current ones.",
        [
            .optional("quiz", .text(.withoutNUL), "The quiz's id."),
            .optional("version", .integer(0...Int(Int32.max)), "The version to grade by. Else the current one."),
            .optional("course", .text(.withoutNUL), "The course's id."),
            .optional("dryRun", .boolean, "Whether only to list the grades that would change."),
            .optional("reason", .text(), "For the history of each grade that changes."),
            .optional("mail", .boolean, "Whether learners hear of a result that changed. Else not."),
        ],
        rules: [
            FieldRule(
                "needs either 'quiz', or 'course' without 'version'",
                [.init(has: ["quiz"], lacks: ["course"]), .init(has: ["course"], lacks: ["quiz", "version"])])
        ])
}
