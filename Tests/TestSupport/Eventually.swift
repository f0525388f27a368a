public import Platform

/// Waits until a condition holds that no event announces.
/// - Throws: ``TestFailure`` when it does not hold in time.
public func eventually(
    within limit: Duration = .seconds(20), _ what: String, _ condition: () async throws -> Bool
) async throws {
    let end = MonotonicTime.now + limit
    while try await !condition() {
        guard MonotonicTime.now < end else { throw TestFailure("waited \(limit) in vain: \(what)") }
        try await Task.sleep(for: .milliseconds(5))
    }
}

/// Waits for a value that comes by itself.
/// - Throws: ``TestFailure`` when it does not come in time.
public func value<Value: Sendable>(
    of promise: Promise<Value>, within limit: Duration = .seconds(20), _ what: String
) async throws -> Value {
    try await eventually(within: limit, what) { promise.value != nil }
    guard let value = promise.value else { throw TestFailure(what) }
    return value
}
