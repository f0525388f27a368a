import Jobs

/// Names a mail to all who handle it: `<emails.1731999999999-0@school.example>`.
///
/// Made of the job's id, so every attempt of a job sends the same one. Both parts of a job's id hold only letters that
/// may stand there, and no dot: no two ids give the same name.
struct MessageID: Sendable, Equatable, CustomStringConvertible {
    let description: String

    init(_ job: JobID, sender: EmailAddress) {
        description = "<\(job.queue).\(job.token)@\(sender.domain)>"
    }
}
