import DeadLetters
import Platform

/// A time in the words of the command line.
enum AuditTime {
    /// - Returns: milliseconds since 1970.
    static func read(_ option: String, in arguments: inout Arguments) throws -> Int? {
        guard let text = try arguments.option(option) else { return nil }
        guard let time = FilterTime(text) else {
            throw CommandFailure(
                .usage, "\(option) must be a time such as 2026-12-01T08:00:00Z, or how long ago, such as 2h.")
        }
        return time.milliseconds(now: WallClock.milliseconds)
    }
}
