import Platform
import Synchronization

/// Lets only so many mails through at once. The others wait in their order, those for which a person waits before bulk.
final class ConnectionGate: Sendable {
    private struct State {
        var free: Int
        var waiting = RankedFIFO<Int>()
        /// Those that have not given up.
        var promises: [Int: Promise<Bool>] = [:]
        var last = 0
    }

    private let state: Mutex<State>

    init(width: Int) { state = Mutex(State(free: width)) }

    /// Waits for a place, which ``leave()`` gives back.
    /// - Parameter rank: the lowest goes first.
    /// - Returns: false, without a place, when the task is cancelled.
    func enter(rank: Int) async -> Bool {
        let turn = state.withLock { state -> (number: Int, promise: Promise<Bool>)? in
            guard state.free == 0 else {
                state.free -= 1
                return nil
            }
            state.last += 1
            let promise = Promise<Bool>()
            state.promises[state.last] = promise
            state.waiting.append(state.last, rank: rank)
            return (state.last, promise)
        }
        guard let turn else { return true }
        return await withTaskCancellationHandler {
            await turn.promise.wait()
        } onCancel: {
            state.withLock { $0.promises.removeValue(forKey: turn.number) }?.complete(with: false)
        }
    }

    /// How many wait.
    var waitingCount: Int { state.withLock { $0.promises.count } }

    func leave() {
        let next = state.withLock { state -> Promise<Bool>? in
            while let number = state.waiting.popFirst() {
                if let promise = state.promises.removeValue(forKey: number) { return promise }
            }
            state.free += 1
            return nil
        }
        next?.complete(with: true)
    }
}
