import FoundationEssentials
import Jobs
import Logging
import PostgresClient

/// Composes a mail and sends it on its way. The same job always makes the same Message-ID, so a mail that was sent twice
/// can be told by those who receive it.
struct SendEmailHandler: JobHandler {
    let composer: EmailComposer
    let route: MailRoute
    let log: any DeliveryLog
    let domains: DomainLimits?
    private let outage = Outage()

    init(
        composer: EmailComposer, route: MailRoute, log: any DeliveryLog = CheckpointLog(), domains: DomainLimits? = nil
    ) {
        self.composer = composer
        self.route = route
        self.log = log
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
        do {
            return try await send(mail, job, context)
        } catch let problem as InvalidEmail {
            return .bury(reason: problem.description)
        } catch let error as PostgresError where error.isTransient || error.state == .undefinedTable {
            context.logger.warning("The record of mail cannot be written: \(error)")
            return .snooze(outage.nextWait(at: context.now))
        }
    }

    private func send(_ mail: OutgoingMail, _ job: SendEmail, _ context: JobContext) async throws -> Outcome {
        let attempt = try await log.begin(mail, job, context)
        var progress = attempt.progress
        let pending = mail.addressed(to: progress.pending(of: mail.recipients))
        guard !pending.recipients.isEmpty else {
            return try DeliveryEnd(mail: mail, progress: progress, place: "").outcome()
        }
        let delivery: Delivery
        do { delivery = try await route.send(pending, context) } catch {
            try await attempt.withdraw()
            guard let closed = error as? MailRoute.Closed else { throw error }
            return try await outcome(of: closed, context)
        }
        outage.end()
        context.logger.debug(
            "Mail sent", [("message_id", .verbatim("\(mail.messageID)")), ("place", .string(delivery.place))])
        progress.note(delivery.outcomes, for: pending.recipients, repeatsAmbiguous: attempt.repeatsAmbiguous)
        try await attempt.finish(delivery, of: pending, progress)
        if let deferred = deferred(delivery, of: pending, attempt, context) {
            return .retry(deferred, after: deferred.retryAfter)
        }
        return try DeliveryEnd(mail: mail, progress: progress, place: delivery.place).outcome()
    }

    private func deferred(
        _ delivery: Delivery, of mail: OutgoingMail, _ attempt: any DeliveryAttempt, _ context: JobContext
    ) -> DeferredMail? {
        DeferredMail(
            delivery.outcomes, of: mail.recipients,
            leastWait: SendEmail.retryPolicy.ceiling(afterFailures: context.attempt),
            repeatsAmbiguous: attempt.repeatsAmbiguous)
    }

    /// Nobody got the mail, and no attempt is burnt by that.
    private func outcome(of closed: MailRoute.Closed, _ context: JobContext) async throws -> Outcome {
        if let open = closed.failures.onlyCircuitOpen { throw open }
        if closed.failures.allSatisfy({ if case TransportFailure.loginRefused = $0 { true } else { false } }) {
            try await pause(context)
        }
        let waits = closed.failures.map { failure -> Duration in
            switch failure {
            case TransportFailure.exhausted(_, let wait), TransportFailure.spent(_, let wait):
                wait + .milliseconds(Int64.random(in: 0...1000))
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
