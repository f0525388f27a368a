internal import Platform

/// When a worker that ended is started again. Pure.
///
/// One that did its duty before is started again at once: crashes are normal. One that ends before it is ready will do
/// so again; it gets five tries a minute with growing waits, and then the supervisor gives up loudly (the restart
/// intensity of Erlang/OTP's supervisors).
struct RestartPolicy {
    private static let triesAllowed = 5
    private static let window = Duration.seconds(60)

    private var falseStarts: [MonotonicTime] = []

    /// The wait before the next start; nil gives up.
    mutating func wait(afterEndAt now: MonotonicTime, wasReady: Bool) -> Duration? {
        falseStarts.removeAll { now.since($0) > Self.window }
        guard !wasReady, Protection.restartLimit.isOn else { return .milliseconds(10) }
        falseStarts.append(now)
        guard falseStarts.count <= Self.triesAllowed else { return nil }
        return .milliseconds(100 << (falseStarts.count - 1))
    }
}
