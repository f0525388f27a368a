internal import Platform

/// How long a call that may be made twice is made again while the database is away.
public struct Persistence: Sendable {
    /// From the first call on.
    public var limit: Duration
    /// Between two calls, give or take a half.
    public var pause: Duration

    public init(limit: Duration = .seconds(30), pause: Duration = .milliseconds(100)) {
        self.limit = limit
        self.pause = pause
    }

    /// - Parameter body: does no harm when it is run again although it was committed.
    /// - Throws: what `body` throws, once that is not transient or the time is over; `CancellationError`.
    public func run<Value>(_ body: () async throws -> Value) async throws -> Value {
        let end = MonotonicTime.now + limit
        while true {
            do {
                return try await body()
            } catch let error as PostgresError where error.isTransient && MonotonicTime.now < end {
                if error.mayHaveCommitted, !Protection.commitResolution.isOn { throw error }
                try await Task.sleep(for: pause * Double.random(in: 0.5...1.5))
            }
        }
    }
}
