internal import TestSupport

/// Runs the body, which must end when it is cancelled, and gives it up when the time is over.
/// - Throws: `TestFailure` when it does.
public func within<Value: Sendable>(
    _ limit: Duration, _ awaited: String, _ body: @escaping @Sendable () async throws -> Value
) async throws -> Value {
    try await withThrowingTaskGroup(of: Value?.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            return nil
        }
        defer { group.cancelAll() }
        guard let value = try await group.next() ?? nil else {
            throw TestFailure("\(limit) were too short for: \(awaited)")
        }
        return value
    }
}
