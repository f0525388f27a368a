/// The circuit breaker of one dependency: see ``JobContext/breaker(_:)``.
public struct Breaker: Sendable {
    public let dependency: String
    private let breakers: CircuitBreakers

    public init(of dependency: String, among breakers: CircuitBreakers) {
        self.dependency = dependency
        self.breakers = breakers
    }

    /// Calls the dependency, unless it failed too often lately.
    /// - Parameter isFailure: whether an error says that the dependency is out of order. By default every error does but
    ///   the cancellation of the job; a call that was answered, if only with "no", should not count.
    /// - Throws: ``CircuitOpen``, or what `body` throws.
    public func call<Value>(
        countingAsFailure isFailure: (any Error) -> Bool = { _ in true }, _ body: () async throws -> Value
    ) async throws -> Value {
        let permit = try breakers.admit(to: dependency)
        do {
            let value = try await body()
            breakers.note(failed: false, of: permit, to: dependency)
            return value
        } catch {
            let isOurs = error is CancellationError || error is JobTakenAway || Task.isCancelled
            breakers.note(failed: isOurs ? nil : isFailure(error), of: permit, to: dependency)
            throw error
        }
    }
}
