import JobQueue

/// The name of an entry, ordered as workers read them: one lane after the other, and in each as Redis orders them.
struct EntryID: Hashable, Comparable, CustomStringConvertible {
    let lane: Lane
    let milliseconds: UInt64
    let sequence: UInt64

    init?(_ text: String) {
        lane = Lane(ofEntry: Array(text.utf8)[...])
        let parts = text.dropFirst(lane == .admitted ? 1 : 0).split(separator: "-")
        guard parts.count == 2, let milliseconds = UInt64(parts[0]), let sequence = UInt64(parts[1]) else { return nil }
        self.milliseconds = milliseconds
        self.sequence = sequence
    }

    var description: String { (lane == .admitted ? "a" : "") + id }

    /// In its stream.
    var id: String { "\(milliseconds)-\(sequence)" }

    func stream(of queue: JobQueue) -> String { lane == .admitted ? queue.keys.admitted : queue.keys.stream }

    static func < (left: Self, right: Self) -> Bool {
        let lanes = (left.lane == .admitted ? 0 : 1, right.lane == .admitted ? 0 : 1)
        return (lanes.0, left.milliseconds, left.sequence) < (lanes.1, right.milliseconds, right.sequence)
    }
}
