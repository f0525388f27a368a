import Jobs
import PostgresClient
import Storage

/// Makes a mail for every reader of a mailing, in portions, and goes on from its checkpoint when it was interrupted.
struct BroadcastHandler: JobHandler {
    /// Nil where no database is configured.
    let client: PostgresClient?
    let storage: any ObjectStorage
    let composer: EmailComposer

    func handle(_ job: Broadcast, context: JobContext) async throws -> Outcome {
        guard let batch = context.batch, batch.summary == nil else {
            return .bury(
                reason: "A broadcast must be a member of a batch, which tells how far it is: coursework mail broadcast."
            )
        }
        do {
            if let problem = problem(with: job) { throw InvalidEmail(problem) }
            let count = try await enqueueMails(of: job, from: try await recipients(of: job), into: batch, context)
            return .success(try JobResult(encoding: ["recipients": count]))
        } catch let problem as InvalidEmail {
            return .bury(reason: problem.description)
        }
    }

    private func recipients(of job: Broadcast) async throws -> any MailingRecipients {
        if let name = job.recipients {
            guard let key = StorageKey(name) else {
                throw InvalidEmail(
                    "\(InvalidEmail.quoted(name)) is no key in the storage; write one such as mailings/summer.jsonl.")
            }
            return FileRecipients(key: key, storage: storage)
        }
        guard let client else {
            throw InvalidEmail(
                "There is no database with the mailing's recipients: set DATABASE_URL, or name a file in 'recipients'.")
        }
        return try await TableRecipients(job.mailing, client)
    }

    /// - Returns: how many recipients there are.
    private func enqueueMails(
        of job: Broadcast, from recipients: any MailingRecipients, into batch: BatchContext, _ context: JobContext
    ) async throws -> Int {
        var position: BroadcastPosition = try await context.checkpoint() ?? BroadcastPosition()
        if position.isChecked != true {
            try await recipients.check()
            position.isChecked = true
        }
        while let portion = try await recipients.portion(after: position) {
            if position.recipients == 0 { try await checkFirstMail(of: job, portion, context) }
            try await batch.add(try portion.readers.map { try job.mail(to: $0, in: batch.id.queue) })
            position = portion.position
            try await context.save(checkpoint: position)
            await context.report(progress: portion.done)
        }
        return position.recipients
    }

    /// A template that is misspelt, or broken, would make a dead letter for each reader.
    private func checkFirstMail(of job: Broadcast, _ portion: RecipientPortion, _ context: JobContext) async throws {
        guard let first = portion.readers.first else { return }
        let mail = try job.mail(to: first, in: context.queue).payload(as: SendEmail.self)
        do { _ = try await composer.message(of: mail, at: context.now) } catch let problem as InvalidEmail {
            throw InvalidEmail("The mail to the first reader cannot be made, so none is sent: \(problem)")
        }
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
            let reader = MailingRecipient(token: "0", address: "reader@example.org", data: nil, locale: nil)
            _ = try job.mail(to: reader, in: Broadcast.queue).payload(as: SendEmail.self)
            return nil
        } catch {
            return "The 'mail' of the broadcast cannot be sent: \(error)"
        }
    }
}
