public import Jobs

/// What became of a tracked job at some moment.
public struct JobChange: Sendable, Equatable {
    /// When, in ms since 1970 by the clock of Redis.
    public let milliseconds: Int
    public let id: JobID
    public let type: String
    /// A ``JobState``.
    public let state: String
    public let attempt: Int
    /// 0 to 1; nil where nothing was said of it.
    public let progress: Double?
}
