internal import Glibc

/// An instant of this machine's monotonic clock: never set, never jumping.
public struct MonotonicTime: Sendable, Comparable {
    /// Since an arbitrary start.
    public let nanoseconds: UInt64

    public init(nanoseconds: UInt64) { self.nanoseconds = nanoseconds }

    public static var now: MonotonicTime {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return MonotonicTime(nanoseconds: UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec))
    }

    public static let distantFuture = MonotonicTime(nanoseconds: .max)

    public static func < (left: Self, right: Self) -> Bool { left.nanoseconds < right.nanoseconds }

    public static func + (time: Self, duration: Duration) -> Self {
        let (seconds, attoseconds) = duration.components
        let (whole, tooLong) = UInt64(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, past) = time.nanoseconds.addingReportingOverflow(
            tooLong ? .max : whole + UInt64(clamping: attoseconds / 1_000_000_000))
        return MonotonicTime(nanoseconds: past ? .max : sum)
    }

    public static func - (time: Self, duration: Duration) -> Self {
        let back = (Self(nanoseconds: 0) + duration).nanoseconds
        return MonotonicTime(nanoseconds: time.nanoseconds > back ? time.nanoseconds - back : 0)
    }

    /// The time from `earlier` to here; zero when `earlier` is later.
    public func since(_ earlier: MonotonicTime) -> Duration {
        .nanoseconds(nanoseconds > earlier.nanoseconds ? Int64(clamping: nanoseconds - earlier.nanoseconds) : 0)
    }

    /// For poll(2) and epoll_wait(2): rounded up, so that the time has come when they return.
    var millisecondsFromNow: Int32 {
        let wait = since(.now) + .nanoseconds(999_999)
        return Int32(clamping: wait.components.seconds * 1000 + wait.components.attoseconds / 1_000_000_000_000_000)
    }
}
