import Jobs
import PostgresClient

/// Makes a mail for every reader of a mailing, in portions, and goes on from its checkpoint when it was interrupted.
struct BroadcastHandler: JobHandler {
    private static let portion = 500

    /// Nil where no database is configured.
    let client: PostgresClient?

    private struct Progress: Codable {
        /// The last row whose mail is enqueued.
        var last = 0
        var recipients = 0
    }

    func handle(_ job: Broadcast, context: JobContext) async throws -> Outcome {
        guard let client else {
            return .bury(reason: "There is no database with the mailing's recipients: set DATABASE_URL, and replay it.")
        }
        guard let batch = context.batch, batch.summary == nil else {
            return .bury(
                reason: "A broadcast must be a member of a batch, which tells how far it is: coursework mail broadcast."
            )
        }
        if let problem = problem(with: job) { return .bury(reason: problem) }
        let total = try await MailingRecipient.count(in: job.mailing, client)
        guard total > 0 else { return .bury(reason: "The mailing '\(job.mailing)' has no recipients.") }
        var progress: Progress = try await context.checkpoint() ?? Progress()
        while true {
            let readers = try await MailingRecipient.read(Self.portion, of: job.mailing, after: progress.last, client)
            guard let last = readers.last else { break }
            try await batch.add(try readers.map { try job.mail(to: $0, in: batch.id.queue) })
            progress = Progress(last: last.id, recipients: progress.recipients + readers.count)
            try await context.save(checkpoint: progress)
            await context.report(progress: Double(progress.recipients) / Double(max(total, progress.recipients)))
        }
        return .success(try JobResult(encoding: ["recipients": progress.recipients]))
    }

    /// What is wrong with it would be wrong a hundred thousand times.
    private func problem(with job: Broadcast) -> String? {
        guard JobID.isToken(job.mailing.utf8) else {
            return "'mailing' must be 1 to 64 letters, digits, '_' and '-'."
        }
        guard job.mail["to"] == nil, job.mail["cc"] == nil, job.mail["bcc"] == nil, job.mail["key"] == nil else {
            return "'mail' must not name its recipients or its key: each reader of the mailing gets a mail of his own."
        }
        do {
            let reader = MailingRecipient(id: 0, address: "reader@example.org", data: nil, locale: nil)
            _ = try job.mail(to: reader, in: Broadcast.queue).payload(as: SendEmail.self)
            return nil
        } catch {
            return "The 'mail' of the broadcast cannot be sent: \(error)"
        }
    }
}
