internal import Platform

/// Jobs that wait in this process for a slot: those of the lowest rank first, and in the order they came.
///
/// So an urgent job is not held up by the less urgent ones that were claimed ahead of it.
struct WaitingJobs {
    private var ranks: [FIFO<ActiveJob>] = [FIFO()]
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Of those that run next.
    var first: ActiveJob? { ranks.first { !$0.isEmpty }?.first }

    mutating func append(contentsOf jobs: [ActiveJob]) {
        for job in jobs {
            while ranks.count <= job.claim.rank { ranks.append(FIFO()) }
            ranks[job.claim.rank].append(job)
        }
        count += jobs.count
    }

    mutating func popFirst() -> ActiveJob? {
        guard count > 0 else { return nil }
        for rank in ranks.indices {
            guard let job = ranks[rank].popFirst() else { continue }
            count -= 1
            return job
        }
        return nil
    }

    mutating func removeAll() -> [ActiveJob] {
        count = 0
        return ranks.indices.flatMap { ranks[$0].removeAll() }
    }
}
