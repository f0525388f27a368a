import Jobs
import Platform

/// Compares what producers were told with what became of their jobs: Jepsen's total-queue algebra.
struct Checker {
    let acked: Set<String>
    let unknown: Set<String>
    let executions: Executions
    let dump: QueueDump
    /// Keys that are still in the queue.
    let live: Set<String>

    var effects: [String: Int] { executions.effects }
    var dead: Set<String> { Set(dump.letters.map(\.key)) }

    /// Stored, and neither done nor dead nor waiting.
    var lost: Set<String> { acked.subtracting(effects.keys).subtracting(dead).subtracting(live) }

    /// Done without having been enqueued, or though the producer was told that it is not stored.
    var unexpected: Set<String> { Set(executions.all.map(\.key)).subtracting(acked).subtracting(unknown) }

    /// Stored although the answer was lost.
    var recovered: Set<String> { unknown.intersection(effects.keys) }

    /// Runs of one job at the same time by two processes that both lived. A process that was frozen may not know that
    /// it lost its job, so those are left out.
    func concurrentRuns(frozen: Set<Int32> = [], deaths: [Int32: MonotonicTime] = [:]) -> [String] {
        executions.byKey.filter { _, runs in
            let runs = runs.filter { !frozen.contains($0.process) }.sorted { $0.began < $1.began }
            return zip(runs, runs.dropFirst()).contains { first, second in
                second.began < (first.end?.time ?? deaths[first.process] ?? .distantFuture)
            }
        }.keys.sorted()
    }

    /// What must hold after every fault.
    /// - Parameter window: how many acknowledged jobs the durability class may lose; it is documented.
    func judge(_ verdict: inout Verdict, window: Int) {
        verdict.add("jobs", acked.count)
        verdict.add("lost", lost.count, bar: window)
        verdict.expect(
            lost.count <= window, "\(lost.count) acknowledged jobs are lost: \(lost.sorted().prefix(3))")
        verdict.expect(
            unexpected.isEmpty, "\(unexpected.count) jobs ran that were not stored: \(unexpected.sorted().prefix(3))")
        // While workers are still at it, no two keys are read at the same moment.
        guard live.isEmpty else { return }
        for inconsistency in dump.inconsistencies { verdict.add(violation: inconsistency) }
        // What Redis forgot it may have forgotten twice: that a job was stored, and that one has ended.
        let stored = (acked.count - window)...(acked.count + unknown.count + window)
        verdict.expect(
            stored.contains(dump.accounted),
            "\(stored) jobs were stored and \(dump.accounted) are accounted for (\(dump.counters), \(dump.live) live)")
    }
}
