internal import Platform
internal import Synchronization

/// The time of day by the clock of Redis, as far as this worker knows it: the clocks of machines differ. It goes on by this
/// machine's monotonic clock, so that nobody who sets the other one is believed.
final class ServerClock: Sendable {
    private let ahead = Atomic<Int>(WallClock.milliseconds - ServerClock.uptime)

    /// In milliseconds since 1970.
    var milliseconds: Int { Self.uptime + ahead.load(ordering: .relaxed) }

    func milliseconds(at time: MonotonicTime) -> Int {
        Int(time.nanoseconds / 1_000_000) + ahead.load(ordering: .relaxed)
    }

    /// - Parameter milliseconds: what Redis answered just now.
    func set(_ milliseconds: Int) { ahead.store(milliseconds - Self.uptime, ordering: .relaxed) }

    private static var uptime: Int { Int(MonotonicTime.now.nanoseconds / 1_000_000) }
}
