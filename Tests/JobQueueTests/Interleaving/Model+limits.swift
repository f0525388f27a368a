/// Limits of how many run at once, as they should be.
extension Model {
    /// What the limits allow, by their key.
    static let limits = ["a": 1, "b": 2]

    func holders(of key: String) -> [ModelJob] { jobs.filter { $0.hasPasses && $0.keys.contains(key) } }

    func waiting(for key: String) -> [ModelJob] {
        jobs.filter { $0.place == .limited(by: key) }.sorted { $0.order < $1.order }
    }

    private func isFull(_ key: String) -> Bool { holders(of: key).count >= Self.limits[key] ?? 0 }

    /// The first limit that refuses a job; it does not pass those who wait, but for the limit it waited for itself.
    func firstRefusing(_ job: ModelJob, own: String? = nil) -> String? {
        job.keys.first { isFull($0) || ($0 != own && !waiting(for: $0).isEmpty) }
    }

    /// Lets those go on who wait for passes that came free, in the same step.
    mutating func openFreedGates() {
        let keys = freed
        freed = []
        for (index, key) in keys.enumerated() where keys.firstIndex(of: key) == index { openGate(key) }
    }

    private mutating func openGate(_ key: String) {
        while !isFull(key), let first = waiting(for: key).first {
            if let other = firstRefusing(first, own: key) {
                jobs[first.number].place = .limited(by: other)
            } else {
                jobs[first.number].place = .admitted
                jobs[first.number].hasPasses = true
            }
        }
    }
}
