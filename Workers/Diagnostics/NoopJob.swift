import Jobs

/// `diagnostics.noop`: decodes a payload like that of a welcome mail, and does nothing.
struct NoopJob: Job {
    static let type: JobType = "diagnostics.noop"
    static let payloadSchema = PayloadSchema.object(
        "Does nothing.",
        [.optional("user_id", .integer())]
            + ["template", "locale", "course", "plan", "sent_at"].map { .optional($0, .text()) })

    var userID: Int?
    var template: String?
    var locale: String?
    var course: String?
    var plan: String?
    var sentAt: String?

    enum CodingKeys: String, CodingKey {
        case userID = "user_id"
        case template, locale, course, plan
        case sentAt = "sent_at"
    }
}

struct NoopHandler: JobHandler {
    func handle(_ job: NoopJob, context: JobContext) async throws -> Outcome { .success() }
}
