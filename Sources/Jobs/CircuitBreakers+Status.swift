extension CircuitBreakers {
    /// What one of them looks like at one moment.
    public struct Status: Sendable, Equatable {
        public let name: String
        public let state: CircuitBreaker.State
        /// Calls of the last seconds that failed, 0 to 1; 0 when there were none.
        public let failureRatio: Double
        /// How long it stays open; nil when it is not.
        public let openFor: Duration?

        public init(name: String, state: CircuitBreaker.State, failureRatio: Double, openFor: Duration?) {
            self.name = name
            self.state = state
            self.failureRatio = failureRatio
            self.openFor = openFor
        }
    }
}

extension CircuitBreakers.Status: Codable {
    private enum Key: String, CodingKey {
        case name, state
        case failureRatio = "failure_ratio"
        case openFor = "open_for_ms"
    }

    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        name = try container.decode(String.self, forKey: .name)
        state = try container.decode(CircuitBreaker.State.self, forKey: .state)
        failureRatio = min(1, max(0, try container.decode(Double.self, forKey: .failureRatio)))
        openFor = try container.decodeIfPresent(Int64.self, forKey: .openFor).map(Duration.init(clampingMilliseconds:))
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(name, forKey: .name)
        try container.encode(state, forKey: .state)
        try container.encode(failureRatio, forKey: .failureRatio)
        try container.encodeIfPresent(openFor?.milliseconds, forKey: .openFor)
    }
}
