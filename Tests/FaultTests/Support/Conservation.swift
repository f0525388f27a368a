/// The scrub after every test: each job is in exactly one place, and nothing lies anywhere without its other half.
extension QueueDump {
    var inconsistencies: [String] {
        var found: [String] = []
        let places = ready + later + blocked + dead
        let twice = Dictionary(grouping: places) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
        if !twice.isEmpty { found.append("\(twice.count) jobs are in two places: \(twice.prefix(3))") }
        let bodiless = leases.filter { !entries.contains($0.entry) }.map(\.entry)
        if !bodiless.isEmpty { found.append("\(bodiless.count) leases have no job: \(bodiless.prefix(3))") }
        if Set(later) != laterBodies { found.append("the index of waiting jobs and their bodies differ") }
        if Set(dead) != deadBodies { found.append("the index of dead letters and their bodies differ") }
        return found
    }

    /// Jobs that were ever stored, by what became of them.
    var accounted: Int { counters["done", default: 0] + counters["discarded", default: 0] + dead.count + live }
}
