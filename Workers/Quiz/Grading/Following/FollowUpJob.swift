import Jobs
import PostgresClient

/// A job for the outbox.
struct FollowUpJob {
    let type: JobType
    let args: [UInt8]

    init(_ type: JobType, _ payload: some Encodable) throws {
        self.type = type
        args = try JobResult(encoding: payload).json
    }
}

extension [FollowUpJob] {
    /// In the queue `default`: nobody waits for one of them at a screen.
    func write(in transaction: PostgresTransaction) throws {
        guard !isEmpty else { return }
        try transaction.query(
            """
            INSERT INTO coursework.outbox (queue, type, args)
            SELECT $1, type, args::json FROM unnest($2::text[], $3::text[]) AS n (type, args)
            """,
            [
                .text(QueueName.default.name), .texts(map(\.type.name)),
                .texts(map { String(decoding: $0.args, as: UTF8.self) }),
            ])
    }
}
