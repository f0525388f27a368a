import Glibc
import JobQueue
import Jobs
import Platform
import ProgramSupport
import RedisClient
import TestSupport

/// The effects in PostgreSQL: an oracle outside the system, since it only counts rows.
extension Stage {
    /// Enqueues `diagnostics.effect` jobs at a pace for a time.
    func produceEffects(perSecond: Int, for time: Duration) async {
        let (queue, begun) = (JobQueue(.default, client: redis), MonotonicTime.now)
        var number = 0
        while MonotonicTime.now.since(begun) < time {
            let keys = (0..<10).map { "e\(number + $0)" }
            let answers = await queue.enqueue(contentsOf: keys.map(Self.effect))
            for (key, answer) in zip(keys, answers) { journal.note(key, Self.reading(answer)) }
            number += keys.count
            let next = begun + .seconds(Double(number) / Double(perSecond))
            if next > .now { try? await Task.sleep(for: next.since(.now)) }
        }
    }

    private static func effect(_ key: String) -> NewJob {
        NewJob("diagnostics.effect", queue: .default, args: Array(#"{"key":"\#(key)","value":"v"}"#.utf8))
    }

    /// How many rows each key has.
    var effects: [String: Int] {
        get async throws {
            let text = try await sql("SELECT key || ' ' || count(*) FROM coursework.diagnostics_effects GROUP BY key")
            return text.split(separator: "\n").reduce(into: [:]) { counts, line in
                let words = line.split(separator: " ")
                counts[String(words[0])] = Int(words[1])
            }
        }
    }

    /// Ends the sessions of the workers where they stand, as if each had crashed alone.
    func killBackends() async throws {
        _ = try await sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'coursework'"
        )
    }

    /// Asks with psql, a client that is not ours.
    private func sql(_ text: String) async throws -> String {
        let words = ["-h", site.folder + "/pg", "-U", "coursework", "-At", "-c", text, "coursework"]
        let finished = try await site.run(program: "psql", words)
        guard finished.exit == .code(0) else { throw TestFailure("psql: \(finished)") }
        return finished.output
    }
}
