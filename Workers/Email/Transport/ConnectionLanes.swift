import Platform
import Synchronization

/// So many mails on their way at once, each on a thread that may block.
final class ConnectionLanes: Sendable {
    private let gate: ConnectionGate
    private let executor: BlockingExecutor

    /// - Parameters:
    ///   - width: how many threads, each for one connection at a time. As many mails again are let in and wait for a
    ///     thread, so that none rests between two mails.
    ///   - patience: how long a mail waits to be let in while nothing moves.
    init(label: String, width: Int, patience: Duration = .seconds(5)) {
        gate = ConnectionGate(width: width * 2, patience: patience)
        executor = BlockingExecutor(label: label, width: width)
    }

    /// Runs a call that blocks when its turn has come.
    /// - Parameters:
    ///   - isBulk: then it lets others go first.
    ///   - body: ends soon after the interruption is requested: when the job must not go on.
    func run<Value: Sendable>(
        isBulk: Bool, _ body: @escaping @Sendable (Interruption) throws(TransportFailure) -> Value
    ) async throws(TransportFailure) -> Value {
        let call: BlockingCall<Value>
        do throws(SystemError) { call = try BlockingCall(body) } catch {
            throw .unavailable("The mail could not be sent: \(error).")
        }
        switch await gate.enter(rank: isBulk ? 1 : 0) {
        case .entered: break
        case .cancelled: throw .cancelled
        case .stalled:
            throw .exhausted("Every connection has been busy with one mail for long.", retryAfter: .seconds(10))
        }
        // The thread itself lets the next one in, and goes on with who is in already.
        Task(executorPreference: executor) { [gate] in
            call.run()
            gate.leave()
        }
        return try await call.result().get()
    }
}

/// A call on another thread, whose caller may give it up before it begins.
private final class BlockingCall<Value: Sendable>: Sendable {
    private let body: @Sendable (Interruption) throws(TransportFailure) -> Value
    private let interruption: Interruption
    private let end = Promise<Result<Value, TransportFailure>>()
    private let isTaken = Atomic(false)

    init(_ body: @escaping @Sendable (Interruption) throws(TransportFailure) -> Value) throws(SystemError) {
        self.body = body
        interruption = try Interruption()
    }

    func run() {
        guard take() else { return }
        do throws(TransportFailure) { end.complete(with: .success(try body(interruption))) } catch {
            end.complete(with: .failure(error))
        }
    }

    /// Waits for its end; when the task is cancelled it ends soon.
    func result() async -> Result<Value, TransportFailure> {
        await withTaskCancellationHandler {
            await end.wait()
        } onCancel: {
            interruption.request()
            if take() { end.complete(with: .failure(.cancelled)) }
        }
    }

    /// True for the first who asks: the thread that runs it, or the caller who gives it up.
    private func take() -> Bool { !isTaken.exchange(true, ordering: .relaxed) }
}
