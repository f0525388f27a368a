import Jobs
import Logging
import Synchronization

/// Keeps the progress of a mail to several recipients as the job's checkpoint: what can be known without a database.
final class CheckpointLog: DeliveryLog {
    private let hasSaidSo = Atomic(false)

    func begin(_ mail: OutgoingMail, _ job: SendEmail, _ context: JobContext) async throws -> any DeliveryAttempt {
        if !hasSaidSo.exchange(true, ordering: .relaxed) {
            context.logger.warning(
                """
                Mail is sent without a record, and may be sent twice when its worker dies: set DATABASE_URL, and run \
                coursework migrate
                """)
        }
        // For a single recipient there is nothing to remember, and Redis is not asked.
        let progress: DeliveryProgress? = mail.recipients.count > 1 ? try await context.checkpoint() : nil
        return Attempt(progress: progress ?? DeliveryProgress(), context: context)
    }

    private struct Attempt: DeliveryAttempt {
        let progress: DeliveryProgress
        let repeatsAmbiguous = true
        let context: JobContext

        func finish(_ delivery: Delivery, of mail: OutgoingMail, _ progress: DeliveryProgress) async throws {
            guard mail.message.recipients.count > 1, delivery.leavesSomebody || !progress.refused.isEmpty else {
                return
            }
            try await context.save(checkpoint: progress)
        }

        func withdraw() {}
    }
}

extension Delivery {
    /// Whether somebody did not get the mail, so that the job may run again.
    fileprivate var leavesSomebody: Bool { outcomes.contains { $0 != .delivered } }
}
