public import PayloadSchemas

extension TextFormat {
    /// What names a mailing, a cohort, a job of a queue.
    public static let token = TextFormat(
        "token", "1 to 64 letters, digits, '_' and '-'", ["summer-2026"]
    ) { JobID.isToken($0.utf8) }

    public static let jobID = TextFormat(
        "job-id", "the id of a job, such as emails:1795280127590-0", ["emails:1795280127590-0"]
    ) { JobID($0) != nil }
}
