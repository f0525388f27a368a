import JobQueue

/// What several verbs are held against.
extension Simulation {
    func number(of job: ClaimedJob) throws(Violation) -> Int {
        guard let number = job.number, model.jobs.indices.contains(number) else {
            throw Violation("a job that nobody enqueued: \(job.entryText)")
        }
        return number
    }

    func labels(_ jobs: [ClaimedJob]) -> String {
        jobs.isEmpty ? "none" : jobs.map { $0.traceparent ?? "?" }.joined(separator: " ")
    }

    func labels(_ entries: [EntryID]) -> String {
        entries.isEmpty ? "none" : entries.map { model.label(of: $0) }.joined(separator: " ")
    }

    /// A worker is given what the producer wrote, and the counters as they are.
    func compare(_ job: ClaimedJob, with known: ModelJob) throws(Violation) {
        try promise(
            String(decoding: job.type, as: UTF8.self) == known.type ?? ""
                && String(decoding: job.args, as: UTF8.self) == known.args ?? "",
            "\(known.label) was given out with another type or payload")
        try promise(job.attempt == known.attempt, "\(known.label) is at attempt \(known.attempt), not \(job.attempt)")
    }

    /// Whoever holds a job is not told that it lost it, and whoever does not hold one is told so, unless it brought
    /// the job to its end itself.
    func checkLost(
        _ lost: [String], of jobs: [ClaimedJob], by worker: SimulatedWorker
    ) throws(Violation) -> [EntryID] {
        let entries = Set(lost.compactMap(EntryID.init))
        for job in jobs {
            let isLost = entries.contains(job.entryID)
            let label = model.label(of: job.entryID)
            try promise(
                !(isLost && model.holds(worker.name, job.entryID)), "\(worker.name) was told that it lost \(label)")
            try promise(
                isLost || model.mayClaimToHold(worker.name, job.entryID),
                "\(worker.name) was not told that it lost \(label)")
        }
        return entries.sorted()
    }
}
