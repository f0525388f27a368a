import Jobs

extension IssueCertificate {
    static let payloadSchema = PayloadSchema.object(
        "A certificate to issue. A learner gets one for each version of a course; the same again is the one there is.",
        [
            .required("learner", .text(.certificateName).subject, "Who gets it, as the platform calls people."),
            .required("course", .text(.certificateName), "What for, as the platform calls courses."),
            .optional("version", .integer(1...Int(Int32.max)), "Of the course. Else the newest, or 1."),
        ] + CertificateFields.properties + [
            .optional("quiz", .any, "The quiz that was passed: then the grade may be one of the two that follow."),
            .optional("letter", .text(), "Of a quiz."),
            .optional("fraction", .oneOf([.text(), .number()]), "Of a quiz, from 0 to 1."),
        ])
}
