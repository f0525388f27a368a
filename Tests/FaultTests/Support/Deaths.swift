import Glibc
import Jobs
import Platform
import TestSupport

/// Processes that a test killed, and when.
struct Deaths: Sendable {
    private(set) var times: [Int32: MonotonicTime] = [:]

    mutating func kill(_ processes: [Int32]) {
        for process in processes {
            Glibc.kill(process, SIGKILL)
            times[process] = .now
        }
    }

    /// For each job that ran when its process was killed: how long until it ran again. A second death before that
    /// starts the time anew.
    func recoveries(in executions: Executions) -> [Duration] {
        executions.byKey.values.flatMap { runs -> [Duration] in
            let runs = runs.sorted { $0.began < $1.began }
            return zip(runs, runs.dropFirst()).compactMap { first, second -> Duration? in
                guard first.end == nil, let death = times[first.process] else { return nil }
                return second.began.since(death)
            }
        }.sorted()
    }

    /// What holds when workers are killed: jobs come back in time, run at one place at a time, and burn no attempt.
    func judge(_ verdict: inout Verdict, _ checker: Checker, bar: Duration, longest: Duration? = nil) throws {
        let recoveries = recoveries(in: checker.executions)
        verdict.add("kills", times.count)
        let interrupted = checker.executions.all.count { $0.end == nil && times[$0.process] != nil }
        guard interrupted > 0 else { throw TestFailure("No kill hit a running job: the test was too gentle.") }
        verdict.add("jobs interrupted", interrupted)
        verdict.add("recovery p99", recoveries.percentile(99), bar: bar)
        verdict.add("longest", recoveries.last ?? .zero, bar: longest)
        let concurrent = checker.concurrentRuns(deaths: times)
        verdict.expect(
            concurrent.isEmpty, "\(concurrent.count) jobs ran at two places at once: \(concurrent.prefix(3))")
        let burnt = Set(checker.executions.all.filter { $0.attempt > 1 }.map(\.key))
        verdict.expect(burnt.isEmpty, "\(burnt.count) jobs lost an attempt to a crash: \(burnt.sorted().prefix(3))")
        verdict.add("parked", checker.dead.count)
    }
}

extension [Duration] {
    /// Of sorted times.
    func percentile(_ percent: Int) -> Duration {
        isEmpty ? .zero : self[Swift.min(count - 1, count * percent / 100)]
    }
}
