internal import FoundationEssentials
public import Jobs
public import Logging

/// What a handler did with a job.
public struct TestRun: Sendable {
    /// A line that the handler logged.
    public struct LogLine: Sendable {
        public let level: LogLevel
        public let message: String
        public let fields: [LogField]
    }

    public let id: JobID
    public let type: JobType
    public let attempt: Int
    /// What the worker would act on: an error that was thrown is `.retry` unless its type says otherwise.
    public let outcome: Outcome
    /// What the handler threw; nil when it returned.
    public let error: (any Error)?
    /// What it reported, 0 to 1, in its order.
    public let progress: [Double]
    /// What it saved, as JSON, in its order.
    public let checkpoints: [[UInt8]]
    public let log: [LogLine]
    /// How many kills were registered, and how many of them were called.
    public let kills: (registered: Int, called: Int)
    /// Whether it paused its type.
    public let hasPausedType: Bool
    /// How long it said that it will take, with each progress that it reported.
    public let remaining: [Duration?]
    /// In the order in which it cancelled them.
    public let cancelledBatches: [BatchID]

    /// The last checkpoint that it saved; nil when it saved none.
    public func checkpoint<Value: Decodable>(as type: Value.Type = Value.self) throws -> Value? {
        try checkpoints.last.map { try JSONDecoder().decode(type, from: Data($0)) }
    }
}
