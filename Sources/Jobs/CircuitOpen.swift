/// A dependency is not called now, because it failed too often lately. A job that throws this is snoozed: it comes back
/// when the dependency is tried again, with its attempts unchanged.
public struct CircuitOpen: Error, Equatable, CustomStringConvertible {
    public let dependency: String
    /// How long until it is worth asking again.
    public let retryAfter: Duration
    /// How long it has been failing.
    public let failingFor: Duration

    public init(dependency: String, retryAfter: Duration, failingFor: Duration = .zero) {
        self.dependency = dependency
        self.retryAfter = retryAfter
        self.failingFor = failingFor
    }

    public var description: String { "'\(dependency)' failed too often lately and is not called now." }
}
