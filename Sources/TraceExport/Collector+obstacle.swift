extension Collector {
    /// Whether it would take spans: a request without any is sent.
    /// - Returns: nil when it does, else what is wrong.
    package func obstacle(within limit: Duration) async -> String? {
        switch await send([], within: limit) {
        case .taken: nil
        case .notNow(let reason, _), .refused(let reason): reason
        }
    }
}
