import FoundationEssentials
import Jobs
import Logging

/// Composes a mail and hands it to the transport. The same job always makes the same Message-ID, so a mail that was
/// sent twice can be told by those who receive it.
struct SendEmailHandler: JobHandler {
    let composer: EmailComposer
    let transport: any MailTransport

    func handle(_ job: SendEmail, context: JobContext) async throws -> Outcome {
        let mail: OutgoingMail
        do {
            mail = try await composer.compose(job, id: context.id, date: Date())
        } catch let problem as InvalidEmail {
            return .bury(reason: problem.description)
        }
        return try await send(mail, context)
    }

    private func send(_ mail: OutgoingMail, _ context: JobContext) async throws -> Outcome {
        guard mail.bytes.count <= OutgoingMail.maxBytes else {
            return .bury(
                reason: "The mail is larger than \(OutgoingMail.maxBytes) bytes; link to what is large instead.")
        }
        do {
            let place = try await deliver(mail, context)
            context.logger.debug("Mail sent", [("message_id", .string("\(mail.messageID)"))])
            return .success(try JobResult(encoding: SentEmail(mail, place: place)))
        } catch let failure as MailFailure {
            return try outcome(of: failure)
        }
    }

    /// - Throws: `MailFailure`; `CircuitOpen` while the server is not worth asking.
    private func deliver(_ mail: OutgoingMail, _ context: JobContext) async throws -> String {
        guard let server = transport.dependency else { return try await transport.send(mail) }
        return try await context.breaker(server).call(countingAsFailure: Self.blamesServer) {
            try await transport.send(mail)
        }
    }

    private static func blamesServer(_ error: any Error) -> Bool { (error as? MailFailure)?.blamesServer ?? true }

    private func outcome(of failure: MailFailure) throws -> Outcome {
        switch failure {
        case .refused(let reason): return .bury(reason: reason)
        case .temporary, .uncertain: return .retry(failure)
        case .cancelled: throw CancellationError()
        }
    }
}
