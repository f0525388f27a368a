import JobQueue

/// The end of a run.
extension Simulation {
    /// One healthy worker brings everything to its end.
    func drain() async throws {
        step += 1000
        try await deliverFlights()
        try await scrub()
        try await resumeType(isWhole: true)
        let worker = try await newWorker()
        for _ in 0..<500 where try await !queue.statistics().isIdle {
            step += 1
            try await work(as: worker)
        }
        try await scrub()
        try promise(
            model.jobs.allSatisfy { $0.place.isEnd || $0.place == .dead }, "jobs are left after one worker did all")
    }

    private func work(as worker: SimulatedWorker) async throws {
        try await expire(model.numbers { if case .held = $0.place { true } else { false } })
        try await makeDue(model.numbers { $0.place == .later(isDue: false) })
        try await promote(limit: 1000)
        let tolerance = Tolerance(crashes: 1_000_000, interruptions: 1_000_000, leaseLosses: 1_000_000)
        // With so much tolerance nobody is a suspect: what was set aside is handed back, and then taken.
        _ = try await RescueCall(limit: 100, suspects: .only, tolerance: tolerance).perform(by: worker, in: self)
        let rescued = try await RescueCall(limit: 100, suspects: .with, tolerance: tolerance).perform(
            by: worker, in: self
        )
        .gained
        let admitted = try await ClaimCall(count: 100, lane: .admitted).perform(by: worker, in: self).gained
        let claimed = try await ClaimCall(count: 100).perform(by: worker, in: self).gained
        let jobs = rescued + admitted + claimed
        for job in jobs where job.isTracked {
            _ = try await EndCall(job: job, verb: .finish(.done)).perform(by: worker, in: self)
        }
        if !limited(jobs).isEmpty { _ = try await EnterCall(limited(jobs)).perform(by: worker, in: self) }
        let plain = jobs.filter { !$0.isTracked && model.holds(worker.name, $0.entryID) }
        if !plain.isEmpty { _ = try await CompleteCall(plain, as: .done).perform(by: worker, in: self) }
    }
}
