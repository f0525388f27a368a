import Platform
import PostgresClient
import ProgramSupport
import Synchronization
import TestSupport

/// A web tier that writes rows of journal jobs in its own transactions, and writes down what it was told.
///
/// Of ten transactions one is rolled back, and one writes its rows long before it is committed: then rows with higher
/// numbers are visible first.
final class OutboxProducer: Sendable {
    private static let rowsATransaction = 10
    private static let committedLate = Duration.milliseconds(150)

    private struct Regret: Error {}

    private let stage: Stage
    private let client: PostgresClient
    private let next = Atomic(0)
    private let commits = Mutex<[String: MonotonicTime]>([:])

    init(_ stage: Stage) throws {
        guard var configuration = stage.postgresConfiguration else { throw TestFailure("the stage has no database") }
        configuration.connections = 8
        configuration.reconnectCap = .milliseconds(50)
        self.stage = stage
        client = PostgresClient(configuration, name: "producer", loop: Program.loop)
    }

    /// When the producer was told that its rows are committed, by the key of each.
    var committed: [String: MonotonicTime] { commits.withLock { $0 } }

    /// Several transactions at a time, each of ten rows.
    func write(_ transactions: Int) async {
        await withTaskGroup { group in
            for _ in 0..<4 {
                group.addTask { for _ in 0..<transactions / 4 { await self.writeOne() } }
            }
        }
    }

    /// At a pace, for a time.
    func write(rowsPerSecond: Int, for time: Duration) async {
        let begun = MonotonicTime.now
        await withTaskGroup { group in
            var due = begun
            while due.since(begun) < time {
                group.addTask { await self.writeOne() }
                due = due + .seconds(Double(Self.rowsATransaction) / Double(rowsPerSecond))
                if due > .now { try? await Task.sleep(for: due.since(.now)) }
            }
        }
    }

    private func writeOne() async {
        let first = next.wrappingAdd(Self.rowsATransaction, ordering: .relaxed).oldValue
        let keys = (first..<first + Self.rowsATransaction).map { "k\($0)" }
        let answer = await write(keys, number: first / Self.rowsATransaction)
        let now = MonotonicTime.now
        for key in keys { stage.journal.note(key, answer) }
        if answer == .acked { commits.withLock { for key in keys { $0[key] = now } } }
    }

    private func write(_ keys: [String], number: Int) async -> EnqueueJournal.Answer {
        do {
            try await client.transaction { transaction in
                try transaction.query(
                    """
                    INSERT INTO coursework.outbox (type, args)
                    SELECT 'diagnostics.journal', json_build_object('key', key, 'milliseconds', 0)
                    FROM unnest($1::text[]) AS key
                    """, [.texts(keys)])
                if number % 10 == 3 { throw Regret() }
                if number % 10 == 7 {
                    try transaction.query("SELECT pg_sleep($1)", [.double(Self.committedLate.seconds)])
                }
            }
            return .acked
        } catch let error as PostgresError where error.mayHaveCommitted {
            return .unknown
        } catch {
            return .refused
        }
    }
}
