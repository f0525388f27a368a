#if BREAKABLE
    internal import FoundationEssentials
    internal import JobQueue
    internal import Jobs
    internal import PostgresClient
    internal import Synchronization

    /// What a relay must not do: see `Protection.outboxGaps` and `Protection.outboxDuplicates`.
    extension OutboxMover {
        final class HighestSequences: Sendable {
            private let highest = Mutex<[QueueName: Int]>([:])

            subscript(queue: QueueName) -> Int { highest.withLock { $0[queue] ?? .min } }

            func note(_ sequence: Int, _ queue: QueueName) { highest.withLock { $0[queue] = sequence } }
        }

        /// Rows after the last one seen: those that become visible late are passed over.
        func claimAfterTheLast(of queue: QueueName, in transaction: PostgresTransaction) throws -> [OutboxRow] {
            let rows = try OutboxRow.claim(
                options.batch, of: queue.name, argsBytesLimit: options.argsBytesLimit, after: highest[queue],
                in: transaction)
            if let last = rows.last { highest.note(last.sequence, queue) }
            return rows
        }
    }

    extension PushedJob {
        /// The same work under a token that nobody knows.
        var asStranger: PushedJob {
            PushedJob(
                token: UUID().uuidString, delayMilliseconds: delayMilliseconds, type: type, args: args,
                traceparent: traceparent)
        }
    }
#endif
