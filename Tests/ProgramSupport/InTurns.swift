internal import TestSupport
public import Testing

/// A few tests at a time, and each with a limit: a story runs several processes, and the machine has few cores.
public struct InTurns: TestTrait, SuiteTrait, TestScoping {
    private static let gate = Gate(6)

    public let isRecursive = true
    let limit: Duration

    public func provideScope(
        for test: Test, testCase: Test.Case?, performing body: @concurrent @Sendable () async throws -> Void
    ) async throws {
        guard testCase != nil else { return try await body() }
        await Self.gate.enter()
        do {
            try await withoutActuallyEscaping(body) { body in
                try await within(limit, "\(test.name)") { try await body() }
            }
        } catch {
            await Self.gate.leave()
            throw error
        }
        await Self.gate.leave()
    }
}

extension Trait where Self == InTurns {
    public static var inTurns: Self { .inTurns(limit: .seconds(90)) }

    public static func inTurns(limit: Duration) -> Self { InTurns(limit: limit) }
}
