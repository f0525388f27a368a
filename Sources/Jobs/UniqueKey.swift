/// Keeps two jobs from doing the same.
public struct UniqueKey: Sendable {
    /// What becomes of a job whose key another one holds.
    public enum Mode: String, Sendable {
        /// It is not enqueued.
        case reject
        /// It takes the place and the id of the first while that one waits; beside one that runs it is enqueued.
        case replace
        /// As `replace`, and the delay begins anew: the job runs once nobody has asked for so long.
        case debounce
        /// It is not enqueued before the window is over, also when the first has ended.
        case throttle
    }

    public let text: String
    public let mode: Mode
    public let window: Duration

    /// - Parameters:
    ///   - text: 1 to 256 bytes that name what is to be done once, for example `progress-4711`.
    ///   - window: for how long at the most the key is held; it is free before that when its job ends, except to throttle.
    public init?(_ text: String, mode: Mode = .reject, window: Duration = .seconds(24 * 3600)) {
        guard (1...256).contains(text.utf8.count), window >= .milliseconds(1) else { return nil }
        self.text = text
        self.mode = mode
        self.window = window
    }
}
