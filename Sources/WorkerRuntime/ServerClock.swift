internal import Platform
internal import Synchronization

/// The time of day by the clock of Redis, as far as this worker knows it: the clocks of machines differ.
final class ServerClock: Sendable {
    private let ahead = Atomic<Int>(0)

    /// In milliseconds since 1970.
    var milliseconds: Int { WallClock.milliseconds + ahead.load(ordering: .relaxed) }

    /// - Parameter milliseconds: what Redis answered just now.
    func set(_ milliseconds: Int) { ahead.store(milliseconds - WallClock.milliseconds, ordering: .relaxed) }
}
