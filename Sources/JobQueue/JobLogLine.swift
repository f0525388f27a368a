/// Something that a tracked job said while it ran.
public struct JobLogLine: Sendable, Equatable {
    /// Its place among the others, by which one goes on reading: `1795280127590-0`.
    public var id = ""
    /// When it was said, in ms since 1970 by the clock of Redis.
    public var milliseconds = 0
    public var level: String
    /// Of the job, which may have taken more than one.
    public var attempt = 1
    public var message: String
    /// What was said beside the message, by name.
    public var fields: [String: String]

    public init(level: String, message: String, fields: [String: String] = [:]) {
        (self.level, self.message, self.fields) = (level, message, fields)
    }
}
