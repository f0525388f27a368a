internal import Jobs

/// How many jobs a worker may hold: as many as it has slots, and for jobs that proved short, ahead by what takes at
/// most 50 ms, so that slots never wait for Redis and no job waits here that another worker could start now. Pure.
struct ClaimWindow {
    private static let aheadMilliseconds = 50.0
    private static let aheadLimit = 2048

    let slots: Int
    /// Estimated run time of a job; it rises quickly and falls slowly. Nil until one has ended.
    private(set) var averageMilliseconds: Double?

    init(slots: Int) { self.slots = slots }

    mutating func note(_ duration: Duration) {
        let milliseconds = max(0.001, duration.seconds * 1000)
        guard let average = averageMilliseconds else {
            averageMilliseconds = milliseconds
            return
        }
        averageMilliseconds = average + (milliseconds - average) * (milliseconds > average ? 0.2 : 0.02)
    }

    /// Jobs to hold beside those that run: one for each slot, or more, when they take a slot no longer than that.
    var ahead: Int {
        guard let averageMilliseconds else { return 0 }
        let ofASlot = Int(min(Double(Self.aheadLimit), Self.aheadMilliseconds / averageMilliseconds))
        return ofASlot == 0 ? 0 : max(ofASlot, min(slots, Self.aheadLimit))
    }

    /// How long jobs that ended may wait for others before Redis is told of all: no longer than they took themselves.
    var recordingPause: Duration {
        .microseconds(Int64(min(5, max(1, averageMilliseconds ?? 1)) * 1000))
    }

    /// How many more to claim.
    func room(running: Int, waiting: Int) -> Int { max(0, slots - running + ahead - waiting) }

    /// Whether it pays to claim now: a free slot without a job, or half of what may be held ahead.
    func isWorthClaiming(running: Int, waiting: Int) -> Bool {
        let room = room(running: running, waiting: waiting)
        return room > 0 && (running + waiting < slots || room * 2 >= ahead)
    }
}
