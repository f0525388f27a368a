/// Conservation: every job is in exactly one place, and that is where the model says it is.
extension Simulation {
    func scrub() async throws {
        let snapshot = try await Snapshot(of: queue.keys.stream, through: client)
        try checkBodies(snapshot)
        try checkPlaces(snapshot)
        try checkIntact(snapshot)
        try checkStates(snapshot)
        try checkLimits(snapshot)
        // Counters that the model knows nothing of are not its business.
        let counters = model.counters
        for counter in [
            "done", "discarded", "cancelled", "retried", "snoozed", "released", "rescued", "lost", "dead",
            "limited",
        ] {
            let told = snapshot.counters[counter] ?? 0
            try promise(told == counters[counter] ?? 0, "\(counter) counts \(told), not \(counters[counter] ?? 0)")
        }
    }

    /// No index without a body, no body without an index.
    private func checkBodies(_ snapshot: Snapshot) throws(Violation) {
        try promise(snapshot.later == Set(snapshot.laterJobs.keys), "waiting jobs and their bodies are not the same")
        try promise(snapshot.retries.isSubset(of: snapshot.later), "a retry is counted that does not wait")
        try promise(
            snapshot.blocked == Set(snapshot.blockedJobs.keys), "blocked jobs and their bodies are not the same")
        try promise(snapshot.cancelled.isSubset(of: snapshot.pending.keys), "an end is wanted of an entry nobody holds")
        try promise(snapshot.dead == Set(snapshot.deadJobs.keys), "dead letters and their bodies are not the same")
        try promise(snapshot.dead == snapshot.grouped, "dead letters and their groups are not the same")
        let noted = Set(snapshot.setbacks.keys)
        try promise(noted.isSubset(of: snapshot.pending.keys), "something is noted about an entry that nobody holds")
        let bodiless = snapshot.pending.keys.filter { snapshot.entries[$0] == nil }
        try promise(bodiless.isEmpty, "\(labels(bodiless.sorted())) are held and have no body")
    }

    private func checkPlaces(_ snapshot: Snapshot) throws(Violation) {
        var seen: [Int: Place] = [:]
        for (entry, fields) in snapshot.entries {
            try see(fields, in: try place(of: entry, in: snapshot), &seen)
            guard let pending = snapshot.pending[entry], let number = model.number(of: entry) else { continue }
            let setbacks = snapshot.setbacks[entry] ?? Setbacks()
            try promise(
                setbacks == model[number].setbacks,
                "j\(number) suffered \(model[number].setbacks), and Redis says \(setbacks)")
            try promise(
                pending.deliveries == model[number].deliveries,
                "j\(number) was delivered \(model[number].deliveries) times, and Redis says \(pending.deliveries)")
        }
        for fields in snapshot.laterJobs.values { try see(fields, in: .later(isDue: false), &seen) }
        for fields in snapshot.blockedJobs.values {
            let gate = fields["gate"] ?? ""
            let isLimited = gate.hasPrefix("limit:")
            try see(fields, in: isLimited ? .limited(by: String(gate.dropFirst("limit:".count))) : .blocked, &seen)
        }
        for fields in snapshot.deadJobs.values { try see(fields, in: .dead, &seen) }
        for job in model.jobs where !job.place.isEnd {
            try promise(seen[job.number] != nil, "\(job.label) is \(job.place) and was lost")
        }
        let ended = model.jobs.filter { $0.place.isEnd }.count
        try promise(
            model.jobs.count == ended + seen.count, "\(model.jobs.count) enqueued, \(ended) ended, \(seen.count) left")
    }

    private func place(of entry: EntryID, in snapshot: Snapshot) throws(Violation) -> Place {
        if let pending = snapshot.pending[entry] {
            return ["released": .released, "suspects": .aside][pending.holder] ?? .held(by: pending.holder)
        }
        try promise(
            snapshot.lastDelivered[entry.lane].map { $0 < entry } ?? true,
            "\(snapshot.entries[entry]?["trace"] ?? "?") was delivered, is held by nobody, and will not be delivered again"
        )
        return entry.lane == .admitted ? .admitted : .ready
    }

    private func see(
        _ fields: Snapshot.Fields, in place: Place, _ seen: inout [Int: Place]
    ) throws(Violation) {
        guard let label = fields["trace"], let number = Int(label.dropFirst()), model.jobs.indices.contains(number)
        else {
            throw Violation("a job that nobody enqueued is \(place)")
        }
        let job = model[number]
        if let other = seen.updateValue(place, forKey: number) {
            throw Violation("\(label) is in two places: \(other) and \(place)")
        }
        let isThere =
            switch (job.place, place) {
            case (.later, .later): true
            default: job.place == place
            }
        try promise(isThere, "\(label) is \(place) and should be \(job.place)")
        try promise(fields["type"] == job.type && fields["args"] == job.args, "\(label) has another type or payload")
        try compareCounters(fields, of: job)
    }

    /// The fields of an entry are as they were when it was added; what happened since stands in the pending list.
    private func compareCounters(_ fields: Snapshot.Fields, of job: ModelJob) throws(Violation) {
        func number(_ name: String, absent: Int) -> Int {
            fields[name].flatMap { $0.allSatisfy(\.isNumber) ? Int($0) : nil } ?? absent
        }
        let told = [
            number("attempt", absent: 1), number("crashes", absent: 0), number("snoozes", absent: 0),
            number("interruptions", absent: 0), number("losses", absent: 0),
        ]
        let known = [job.attempt, job.crashes, job.snoozes, job.interruptions, job.losses]
        try promise(
            told == known,
            "\(job.label) is at attempt, crashes, snoozes, interruptions, losses \(known), and Redis says \(told)")
    }

    private func checkIntact(_ snapshot: Snapshot) throws(Violation) {
        for worker in workers where snapshot.intact.contains(worker.name) { try checkMentioned(by: worker) }
    }

    func checkTrust(in worker: SimulatedWorker) async throws {
        let isIntact = try await client.call("SISMEMBER", queue.keys.stream + ":intact", worker.id.description)
        if isIntact.integer == 1 { try checkMentioned(by: worker) }
    }

    /// A worker that is taken at its word has lost nothing of what it may still speak of.
    private func checkMentioned(by worker: SimulatedWorker) throws(Violation) {
        for entry in worker.mentioned {
            try promise(
                model.mayClaimToHold(worker.name, entry),
                "\(worker.name) is taken at its word and does not hold \(model.label(of: entry))")
        }
    }

    private func checkStates(_ snapshot: Snapshot) throws(Violation) {
        for job in model.jobs {
            guard let token = job.trackedAs else { continue }
            let state = snapshot.states[token]
            let expected: String? =
                switch job.place {
                case .done: "done"
                case .discarded: "discarded"
                case .cancelled: "cancelled"
                case .blocked: "blocked"
                case .dead: "dead"
                case .later where job.attempt + job.snoozes > 1: "retrying"
                default: nil
                }
            try promise(expected == nil || state == expected, "\(job.label) is \(job.place), its state \(state ?? "")")
            let ended = job.place.isEnd || job.place == .dead
            try promise(
                (snapshot.announced[token] ?? 0) == (ended ? 1 : 0), "the end of \(job.label) was not announced")
        }
    }
}
