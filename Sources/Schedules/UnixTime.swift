/// An instant, in whole seconds since 1970 (UTC).
public struct UnixTime: Sendable, Hashable, Comparable {
    public var seconds: Int

    public init(seconds: Int) { self.seconds = seconds }

    /// The second that has begun by then.
    public init(milliseconds: Int) { seconds = milliseconds.flooredQuotient(dividingBy: 1000) }

    public var milliseconds: Int { seconds * 1000 }

    public static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }
}

extension Int {
    /// Rounded down, also below zero.
    func flooredQuotient(dividingBy divisor: Int) -> Int {
        self >= 0 ? self / divisor : -((divisor - 1 - self) / divisor)
    }
}
