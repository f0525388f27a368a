import Foundation
import JobQueue
import Jobs
import Platform
import ProgramSupport
import RedisClient
import TestSupport
import Testing

/// The clocks of half the workers are wrong by an hour or a day, or run ten times too fast. Only the clock of Redis decides
/// when a job is due, and whose lease is over.
@Suite("R-10 clock jump", .inTurns(limit: .seconds(300)))
struct R10ClockJump {
    private static let library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"
    private static let clocks = ["+1h", "-1h", "+1d", "-1d", "+0 x10"]

    @Test(.enabled(if: FileManager.default.fileExists(atPath: library), "libfaketime is not installed"))
    func `starts no job early, whatever the clocks of workers say`() async throws {
        try await run(.current).mustHold()
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: library), "libfaketime is not installed"))
    func `with the workers' own clocks, jobs start early`() async throws {
        try await run(.short, without: .serverTime).mustFail(without: "the server's clock", showing: "early")
    }

    private func run(_ form: Form, without protection: Protection? = nil) async throws -> Verdict {
        var verdict = Verdict("R-10 clock jump", scaled: "2,000 of 20,000 jobs")
        let setting = Stage.Setting(slots: 50)
        // Clocks of their own get to Redis by EVAL, which no role has.
        try await Stage.with(setting, isClosed: protection == nil, without: protection) { stage in
            var workers = [try await stage.work()]
            for clock in Self.clocks.prefix(form(short: 2, full: 5)) {
                workers.append(
                    try await stage.work([
                        "LD_PRELOAD": Self.library, "FAKETIME": clock, "DONT_FAKE_MONOTONIC": "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
                    ]))
            }
            var random = SeededGenerator(seed: 10)
            let due = await enqueueLater(form(short: 100, full: 2000), stage, &random)
            // Jobs that run for longer than a lease show whether a wrong clock takes leases away. They spin, since no
            // timer of the Swift runtime can be trusted under libfaketime.
            await stage.enqueue(3, named: "long", more: #","spin":true"#) { _ in setting.lease.seconds * 1500 }
            let checker = try await stage.check(&verdict, within: .seconds(30))
            judge(&verdict, checker, due, setting)
            for worker in workers { try await stage.drain(worker, &verdict) }
        }
        return verdict
    }

    /// - Returns: the earliest moment at which each job may be due.
    private func enqueueLater(
        _ count: Int, _ stage: Stage, _ random: inout SeededGenerator
    ) async -> [String: MonotonicTime] {
        var (due, jobs) = ([String: MonotonicTime](), [NewJob]())
        for number in 0..<count {
            var job = stage.job("k\(number)", milliseconds: 0)
            job.delay = .milliseconds(.random(in: 500...8000, using: &random))
            jobs.append(job)
        }
        let asked = MonotonicTime.now
        let answers = await JobQueue(.default, client: stage.redis).enqueue(contentsOf: jobs)
        for (number, answer) in answers.enumerated() {
            stage.journal.note("k\(number)", Stage.reading(answer))
            due["k\(number)"] = asked + jobs[number].delay
        }
        return due
    }

    private func judge(
        _ verdict: inout Verdict, _ checker: Checker, _ due: [String: MonotonicTime], _ setting: Stage.Setting
    ) {
        let begun = checker.executions.all.filter { due[$0.key] != nil }
        // Redis counts in whole milliseconds.
        let early = begun.filter { $0.began + .milliseconds(2) < due[$0.key]! }
        verdict.expect(early.isEmpty, "\(early.count) of \(begun.count) delayed jobs began early")
        verdict.add("early", early.count, bar: 0)
        let late = begun.map { $0.began.since(due[$0.key]!) }.sorted()
        // From here to Redis and back is not the clock's fault.
        verdict.add("late p99", late.percentile(99), bar: setting.tick + .milliseconds(200))
        let again = checker.executions.all.count - Set(checker.executions.all.map(\.key)).count
        verdict.expect(again == 0, "\(again) jobs ran again though their workers lived")
    }
}
