public import Platform

/// When a span began. Its end is told by the monotonic clock, so that nobody who sets the other one makes it end before.
public struct SpanClock: Sendable {
    /// In nanoseconds since 1970.
    public let began: UInt64
    private let begun: MonotonicTime

    public init(at begun: MonotonicTime = .now) {
        self.begun = begun
        began = WallClock.nanoseconds &- MonotonicTime.now.nanoseconds &+ begun.nanoseconds
    }

    /// In nanoseconds since 1970.
    public var now: UInt64 { nanoseconds(at: .now) }

    public func nanoseconds(at time: MonotonicTime) -> UInt64 { began &+ time.nanoseconds &- begun.nanoseconds }
}
