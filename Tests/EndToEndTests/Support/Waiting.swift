import Foundation

/// What a test waited for and did not get in time, with all that was said until then.
struct TookTooLong: Error, CustomStringConvertible {
    let description: String
}

/// Runs the body, which must end when it is cancelled, and gives it up when the time is over.
func within<Value: Sendable>(
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
            throw TookTooLong(description: "\(limit) were too short for: \(awaited)")
        }
        return value
    }
}

/// For what sends no event: looks again and again until it is so, or the time is over.
func eventually(
    _ awaited: String, within limit: Duration = .seconds(30), _ isSo: () async throws -> Bool
) async throws {
    let end = ContinuousClock.now + limit
    while try await !isSo() {
        guard ContinuousClock.now < end else {
            throw TookTooLong(description: "\(limit) were too short for: \(awaited)")
        }
        try await Task.sleep(for: .milliseconds(25))
    }
}
