import FoundationEssentials
import Jobs
import Logging

/// Composes a mail and sends it on its way. The same job always makes the same Message-ID, so a mail that was sent twice
/// can be told by those who receive it.
struct SendEmailHandler: JobHandler {
    let composer: EmailComposer
    let route: MailRoute
    let domains: DomainLimits?
    private let outage = Outage()

    init(composer: EmailComposer, route: MailRoute, domains: DomainLimits? = nil) {
        self.composer = composer
        self.route = route
        self.domains = domains
    }

    var limits: (@Sendable (SendEmail) -> [Limit])? {
        guard let domains else { return nil }
        return { job in domains.limits(for: job.recipients) }
    }

    func handle(_ job: SendEmail, context: JobContext) async throws -> Outcome {
        var mail: OutgoingMail
        do {
            mail = try await composer.compose(job, id: context.id, date: Date())
        } catch let problem as InvalidEmail {
            return .bury(reason: problem.description)
        }
        // Whoever waits for a mail enqueues it in the type's own queue.
        mail.isBulk = context.queue != SendEmail.queue
        guard mail.bytes.count <= OutgoingMail.maxBytes else {
            return .bury(
                reason: "The mail is larger than \(OutgoingMail.maxBytes) bytes; link to what is large instead.")
        }
        return try await send(mail, context)
    }

    private func send(_ mail: OutgoingMail, _ context: JobContext) async throws -> Outcome {
        var progress = DeliveryProgress()
        // For a single recipient there is nothing to remember, and Redis is not asked.
        if mail.recipients.count > 1 { progress = try await context.checkpoint() ?? progress }
        let pending = mail.addressed(to: progress.pending(of: mail.recipients))
        var place = ""
        var deferred: DeferredMail?
        if !pending.recipients.isEmpty {
            do {
                let delivery = try await route.send(pending, context)
                outage.end()
                place = delivery.place
                deferred = note(delivery, of: pending, in: &progress, context)
            } catch let closed as MailRoute.Closed {
                return try await outcome(of: closed, context)
            }
            if mail.recipients.count > 1, deferred != nil || progress.hasRefused {
                try await context.save(checkpoint: progress)
            }
        }
        return try outcome(of: mail, progress, deferred, place: place)
    }

    private func note(
        _ delivery: Delivery, of mail: OutgoingMail, in progress: inout DeliveryProgress, _ context: JobContext
    ) -> DeferredMail? {
        progress.note(delivery.outcomes, for: mail.recipients)
        context.logger.debug(
            "Mail sent", [("message_id", .string("\(mail.messageID)")), ("place", .string(delivery.place))])
        return DeferredMail(
            delivery.outcomes, of: mail.recipients,
            leastWait: SendEmail.retryPolicy.ceiling(afterFailures: context.attempt))
    }

    private func outcome(
        of mail: OutgoingMail, _ progress: DeliveryProgress, _ deferred: DeferredMail?, place: String
    ) throws -> Outcome {
        if let deferred { return .retry(deferred, after: deferred.retryAfter) }
        let refused = mail.recipients.compactMap { recipient in
            progress.refused[recipient.address].map { (recipient, $0) }
        }
        if let reason = DeferredMail.sentence(refused, of: mail.recipients.count, "refused") {
            return .bury(reason: reason)
        }
        return .success(try JobResult(encoding: SentEmail(mail, place: place)))
    }

    /// Nobody got the mail, and no attempt is burnt by that.
    private func outcome(of closed: MailRoute.Closed, _ context: JobContext) async throws -> Outcome {
        if let open = closed.failures.onlyCircuitOpen { throw open }
        if closed.failures.allSatisfy({ if case TransportFailure.loginRefused = $0 { true } else { false } }) {
            try await pause(context)
        }
        let waits = closed.failures.map { failure -> Duration in
            switch failure {
            case TransportFailure.exhausted(_, let wait): wait + .milliseconds(Int64.random(in: 0...1000))
            case let open as CircuitOpen: open.retryAfter + .milliseconds(Int64.random(in: 0...1000))
            default: outage.nextWait(at: context.now)
            }
        }
        return .snooze(waits.min() ?? .zero)
    }

    /// A password that is refused is refused for every mail, and trying it again may lock the account.
    private func pause(_ context: JobContext) async throws {
        guard try await context.pauseType() else { return }
        context.logger.critical(
            """
            Mail is paused because every transport refuses our account; mend it, then: \
            coursework resume \(context.queue) --type \(context.type)
            """)
    }
}

extension [any Error] {
    /// The first that ends, when all are open circuits: the worker knows how long to wait for one.
    fileprivate var onlyCircuitOpen: CircuitOpen? {
        let open = compactMap { $0 as? CircuitOpen }
        return open.count == count ? open.min { $0.retryAfter < $1.retryAfter } : nil
    }
}
