/// What becomes of fire times that nobody saw, because every worker or Redis was away.
public enum MissedFireTimes: String, Sendable, CaseIterable {
    /// They are not made up; only what is at most a minute late is fired.
    case skip
    /// The newest is fired, however late.
    case latest
    /// All are fired, the oldest first, but no more than the newest thousand.
    case all

    /// How late a fire time may be that is not taken for missed.
    static let grace = 60
    static let most = 1000
}
