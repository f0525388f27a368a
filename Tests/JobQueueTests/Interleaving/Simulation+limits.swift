/// No more jobs run than their limits allow, and whoever has a pass is known to have it.
extension Simulation {
    func checkLimits(_ snapshot: Snapshot) throws(Violation) {
        for (key, most) in Model.limits {
            let told = (snapshot.holders[key] ?? []).map { snapshot.entries[$0]?["trace"] ?? "a job that is gone" }
                .sorted()
            let known = model.holders(of: key).map(\.label).sorted()
            try promise(told == known, "\(known) hold passes of \(key), and Redis says \(told)")
            try promise(told.count <= most, "\(told.count) hold passes of \(key), which has \(most)")
            let waiting = model.waiting(for: key)
            try promise(
                waiting.isEmpty || told.count == most,
                "\(waiting.count) wait for \(key), of which \(told.count) are taken")
        }
        let holders = Set(snapshot.holders.values.joined())
        try promise(holders == snapshot.passes, "the passes of limits and those of entries are not the same")
    }
}
