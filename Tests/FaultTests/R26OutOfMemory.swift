import JobQueue
import Jobs
import LocalServers
import Platform
import ProgramSupport
import RedisClient
import TestSupport
import Testing

/// Redis has no memory left. Producers are refused, and what makes room goes on.
@Suite("R-26 out of memory", .inTurns(limit: .seconds(300)))
struct R26OutOfMemory {
    @Test func `refuses new jobs, ends those it has, and goes on`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `without allow-oom, a full Redis never drains`() async throws {
        try await run(.short, withoutAllowance: true).mustFail(without: "allow-oom", showing: "were not done")
    }

    private func run(_ form: Form, withoutAllowance: Bool = false) async throws -> Verdict {
        var verdict = Verdict("R-26 out of memory")
        let limit = form(short: 16, full: 200)
        let redis = LocalRedis.Options.inMemory("--maxmemory", "\(limit)mb")
        try await Stage.with(Stage.Setting(lease: .seconds(3)), redis: redis) { stage in
            let fleet = try await stage.supervise()
            if withoutAllowance {
                try await stage.change(functions: stage.functions) { $0.replacing("flags = {'allow-oom'},", with: "") }
            }
            let refusal = try await fill(stage)
            verdict.expect(refusal.contains("OOM"), "the refusal does not say why: \(refusal)")
            // Not one answer may depend on whether some buffer was just freed.
            let full = try await stage.usedMemory
            _ = try await stage.redis.call("CONFIG", "SET", "maxmemory", "\(full * 9 / 10)")
            let late = await stage.enqueueLarge("late", milliseconds: 1)
            verdict.expect(late != nil, "a job was stored while Redis was full")
            let checker = try await stage.check(&verdict, within: form(short: .seconds(10), full: .seconds(60)))
            verdict.add("refused", stage.journal.keys(.refused).count)
            verdict.add("memory left, of full", Double(try await stage.usedMemory) / Double(full), "", bar: 0.5)
            verdict.add("ran twice", checker.effects.count { $0.value > 1 }, bar: 0)
            try await stage.end(fleet, &verdict)
        }
        return verdict
    }

    /// Enqueues jobs of 64 KiB faster than they are done, until some are refused.
    /// - Returns: what the last refusal said.
    private func fill(_ stage: Stage) async throws -> String {
        var refusals: [String] = []
        for number in 0..<20_000 {
            if let refusal = await stage.enqueueLarge("k\(number)", milliseconds: 200) { refusals.append(refusal) }
            if refusals.count == 10 { return refusals[9] }
        }
        throw TestFailure("Redis did not get full.")
    }
}

extension Stage {
    fileprivate var usedMemory: Int {
        get async throws {
            let info = try await redis.call("INFO", "memory").string ?? ""
            let line = info.split(whereSeparator: \.isNewline).first { $0.hasPrefix("used_memory:") }
            return line.flatMap { Int($0.dropFirst("used_memory:".count)) } ?? 0
        }
    }

    /// Enqueues a job of 64 KiB.
    /// - Returns: why it was refused; nil when it is stored.
    func enqueueLarge(_ key: String, milliseconds: Double) async -> String? {
        let padding = #","padding":"\#(String(repeating: "x", count: 64 << 10))""#
        let job = job(key, milliseconds: milliseconds, more: padding)
        do throws(RedisError) {
            _ = try await JobQueue(.default, client: redis).enqueue(job)
            journal.note(key, .acked)
            return nil
        } catch {
            journal.note(key, Self.reading(.failure(error)))
            return error.message
        }
    }
}
