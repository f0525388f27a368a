/// Another worker has the job now: whatever this one still does for it counts for nothing, so it should do nothing more.
public struct JobTakenAway: Error, CustomStringConvertible {
    public init() {}

    public var description: String { "The job was taken over by another worker." }
}
