import Platform

/// So many mails on their way at once, each on a thread that may block.
final class ConnectionLanes: Sendable {
    private let gate: ConnectionGate
    private let executor: BlockingExecutor

    init(label: String, width: Int) {
        gate = ConnectionGate(width: width)
        executor = BlockingExecutor(label: label, width: width)
    }

    /// Runs a call that blocks when its turn has come.
    /// - Parameters:
    ///   - isBulk: then it lets others go first.
    ///   - body: ends soon after the interruption is requested: when the job must not go on.
    func run<Value: Sendable>(
        isBulk: Bool, _ body: @escaping @Sendable (Interruption) throws(TransportFailure) -> Value
    ) async throws(TransportFailure) -> Value {
        let interruption: Interruption
        do throws(SystemError) { interruption = try Interruption() } catch {
            throw .unavailable("The mail could not be sent: \(error).")
        }
        guard await gate.enter(rank: isBulk ? 1 : 0) else { throw .cancelled }
        defer { gate.leave() }
        let result = await withTaskCancellationHandler {
            await withTaskExecutorPreference(executor) {
                Result(catching: { () throws(TransportFailure) in try body(interruption) })
            }
        } onCancel: {
            interruption.request()
        }
        return try result.get()
    }
}
