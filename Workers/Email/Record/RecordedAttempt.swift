import FoundationEssentials
import Logging
import MailRecord

/// An attempt of which the record knows.
struct RecordedAttempt: DeliveryAttempt {
    let progress: DeliveryProgress
    let repeatsAmbiguous: Bool
    private let record: MailRecord
    /// Of those it may be handed over to, by address.
    private let tickets: [String: MailTicket]
    private let logger: Logger

    init(
        _ record: MailRecord, _ beginnings: [(EmailAddress, MailBeginning)], repeatsAmbiguous: Bool, logger: Logger
    ) {
        var (progress, tickets) = (DeliveryProgress(), [String: MailTicket]())
        for (recipient, beginning) in beginnings {
            let address = recipient.address
            switch beginning {
            case .proceed(let ticket): tickets[address] = ticket
            case .ended(.refused, let reason): progress.refused[address] = reason ?? "It was refused."
            case .ended: progress.delivered.insert(address)
            case .suppressed(let reason): progress.suppressed[address] = reason
            case .ambiguous(let since):
                progress.ambiguous[address] =
                    "It was handed over at \(since.formatted(.iso8601)), and its worker never told how that ended."
            }
        }
        (self.record, self.progress, self.tickets) = (record, progress, tickets)
        (self.repeatsAmbiguous, self.logger) = (repeatsAmbiguous, logger)
    }

    func finish(_ delivery: Delivery, of mail: OutgoingMail, _ progress: DeliveryProgress) async throws {
        let results = zip(mail.recipients, delivery.outcomes).compactMap { recipient, outcome in
            tickets[recipient.address].map { MailResult($0, MailOutcome(outcome), transport: delivery.place) }
        }
        let superseded = try await record.finish(results)
        guard !superseded.isEmpty else { return }
        logger.warning(
            "Another worker has taken a mail over, or a person has decided about it, while this one sent it",
            [("recipients", .integer(superseded.count))])
    }

    func withdraw() async throws { try await record.finish(tickets.values.map { MailResult($0, .withdrawn) }) }
}

extension MailOutcome {
    fileprivate init(_ outcome: DeliveryOutcome) {
        switch outcome {
        case .delivered: self = .sent
        case .deferred(let reason, _): self = .deferred(reason: reason)
        case .refused(let reason, let refusal): self = .refused(reason: reason, suppresses: refusal == .suppress)
        case .ambiguous(let reason): self = .ambiguous(reason: reason)
        }
    }
}
