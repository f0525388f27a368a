import Foundation
import ProgramSupport
import Testing

@Suite("diagnostics.effect", .inTurns)
struct EffectTests {
    @Test func `two jobs of one key leave one row`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev("--diagnostics")
            let environment = ["REDIS_URL": "unix://\(site.data)/redis/redis.sock"]
            for value in ["first", "second"] {
                let args = #"{"key":"course-17:user-4","value":"\#(value)"}"#
                let done = try await site.run(
                    "enqueue", "diagnostics.effect", "--wait", "--args", args, environment: environment)
                #expect(done.exit == .code(0) && done.output.contains(#""first""#), "\(done)")
            }
            let query = "SELECT key, value FROM coursework.diagnostics_effects"
            let rows = try await site.run(
                program: "psql", ["-h", site.data + "/postgres", "-U", "coursework", "-At", "-c", query, "coursework"])
            #expect(rows.output == "course-17:user-4|first\n", "\(rows)")
        }
    }

    @Test func `without a database it is a dead letter that says so`() async throws {
        try await Site.with { site in
            _ = try await site.startWorker()
            let token = try await site.add("diagnostics.effect", #"{"key":"k","value":"v"}"#)
            let end = try await site.end(of: token)
            #expect(end == "dead")
            let letter = try await site.deadLetter(token)
            #expect(
                letter.error
                    == "There is no database to write to: set DATABASE_URL, run coursework migrate, and replay it.")
        }
    }
}
