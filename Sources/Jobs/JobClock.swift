public import FoundationEssentials

/// The time as a job sees it: a test gives a job a clock that it controls.
public protocol JobClock: Sendable {
    /// The time of day.
    var now: Date { get }
    /// An instant of a clock that never jumps, for measuring how long something takes.
    var instant: ContinuousClock.Instant { get }
    /// - Throws: `CancellationError` when the task is cancelled meanwhile.
    func sleep(for duration: Duration) async throws
}

/// The clock of the machine.
public struct SystemClock: JobClock {
    public init() {}

    public var now: Date { Date() }
    public var instant: ContinuousClock.Instant { .now }
    public func sleep(for duration: Duration) async throws { try await Task.sleep(for: duration) }
}
