public import Synchronization

/// A value that comes once, and at most one task that waits for it.
///
/// Inlinable for the sake of its speed: see ``FIFO``.
public final class Promise<Value: Sendable>: Sendable {
    @usableFromInline enum State {
        case open
        case awaited(UnsafeContinuation<Value, Never>)
        case complete(Value)
    }

    @usableFromInline let state = Mutex(State.open)

    @inlinable public init() {}

    /// The value, when it is there already.
    @inlinable public var value: Value? {
        state.withLock { state in
            guard case .complete(let value) = state else { return nil }
            return value
        }
    }

    /// Waits for the value. Only one task may wait.
    @inlinable
    public func wait() async -> Value {
        await withUnsafeContinuation { continuation in
            let value: Value? = state.withLock { state in
                switch state {
                case .complete(let value): return value
                case .awaited: preconditionFailure("two tasks wait for one promise")
                case .open:
                    state = .awaited(continuation)
                    return nil
                }
            }
            if let value { continuation.resume(returning: value) }
        }
    }

    /// Gives the value. The first call decides; later ones change nothing.
    @inlinable
    public func complete(with value: Value) {
        let continuation: UnsafeContinuation<Value, Never>? = state.withLock { state in
            switch state {
            case .complete: return nil
            case .open:
                state = .complete(value)
                return nil
            case .awaited(let continuation):
                state = .complete(value)
                return continuation
            }
        }
        continuation?.resume(returning: value)
    }
}
