import Glibc
import JobQueue
import Jobs
import Platform
import ProgramSupport
import RedisClient
import TestSupport

/// The effects in PostgreSQL: an oracle outside the system, since it only counts rows.
extension Stage {
    /// Enqueues jobs at a pace for a time.
    func produce(perSecond: Int, for time: Duration, _ enqueue: (Int) async -> Void) async {
        let begun = MonotonicTime.now
        var next = begun
        while next.since(begun) < time {
            await enqueue(10)
            next = next + .seconds(10 / Double(perSecond))
            if next > .now { try? await Task.sleep(for: next.since(.now)) }
        }
    }

    func enqueueEffects(_ count: Int) async {
        let first = effectsEnqueued.wrappingAdd(count, ordering: .relaxed).oldValue
        let keys = (first..<first + count).map { "e\($0)" }
        let answers = await JobQueue(.default, client: redis).enqueue(contentsOf: keys.map(Self.effect))
        for (key, answer) in zip(keys, answers) { journal.note(key, Self.reading(answer)) }
    }

    private static func effect(_ key: String) -> NewJob {
        NewJob("diagnostics.effect", queue: .default, args: Array(#"{"key":"\#(key)","value":"v"}"#.utf8))
    }

    /// How many rows each key has.
    var effects: [String: Int] {
        get async throws {
            let text = try await sql("SELECT key || ' ' || count(*) FROM coursework.diagnostics_effects GROUP BY key")
            return Self.counts(text)
        }
    }

    /// Reads lines of a name and a number.
    static func counts(_ text: String) -> [String: Int] {
        text.split(separator: "\n").reduce(into: [:]) { counts, line in
            let words = line.split(separator: " ")
            counts[String(words[0])] = Int(words[1])
        }
    }

    /// Ends the sessions of the workers where they stand, as if each had crashed alone.
    func killBackends() async throws {
        _ = try await sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = 'coursework'"
        )
    }

    /// Asks with psql, a client that is not ours.
    func sql(_ text: String) async throws -> String {
        let words = ["-h", site.folder + "/pg", "-U", "coursework", "-At", "-c", text, "coursework"]
        let finished = try await site.run(program: "psql", words)
        guard finished.exit == .code(0) else { throw TestFailure("psql: \(finished)") }
        return finished.output
    }
}
