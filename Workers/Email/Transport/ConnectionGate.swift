import Platform
import Synchronization

/// Lets only so many mails through at once. The others wait in their order, those for which a person waits before bulk;
/// but not for long where nothing moves: a mail that waits holds a slot of its worker, and other queues need those.
final class ConnectionGate: Sendable {
    enum Entry: Sendable {
        /// A place, which ``leave()`` gives back.
        case entered
        /// The task was cancelled.
        case cancelled
        /// Nobody has come through for a while.
        case stalled
    }

    private struct State {
        var free: Int
        var waiting = RankedFIFO<Int>()
        /// Those that have not given up.
        var promises: [Int: Promise<Entry>] = [:]
        var last = 0
        var lastMove = MonotonicTime.now
        var isWatched = false
    }

    private let state: Mutex<State>
    private let patience: Duration

    /// - Parameters:
    ///   - width: how many may be inside.
    ///   - patience: how long nobody may come through before those who wait are sent away.
    init(width: Int, patience: Duration = .seconds(5)) {
        state = Mutex(State(free: width))
        self.patience = patience
    }

    /// Waits for a place.
    /// - Parameter rank: the lowest goes first.
    func enter(rank: Int) async -> Entry {
        switch state.withLock({ take(&$0, rank) }) {
        case .now(let entry): return entry
        case .wait(let number, let promise, let mustWatch):
            if mustWatch { Task { await watch() } }
            return await withTaskCancellationHandler {
                await promise.wait()
            } onCancel: {
                state.withLock { $0.promises.removeValue(forKey: number) }?.complete(with: .cancelled)
            }
        }
    }

    func leave() {
        let next = state.withLock { state -> Promise<Entry>? in
            state.lastMove = .now
            while let number = state.waiting.popFirst() {
                if let promise = state.promises.removeValue(forKey: number) { return promise }
            }
            state.free += 1
            return nil
        }
        next?.complete(with: .entered)
    }

    /// How many wait.
    var waitingCount: Int { state.withLock { $0.promises.count } }

    private enum Turn {
        case now(Entry)
        case wait(number: Int, Promise<Entry>, mustWatch: Bool)
    }

    private func take(_ state: inout State, _ rank: Int) -> Turn {
        guard state.free == 0 else {
            state.free -= 1
            state.lastMove = .now
            return .now(.entered)
        }
        guard !isStalled(state) else { return .now(.stalled) }
        state.last += 1
        let promise = Promise<Entry>()
        state.promises[state.last] = promise
        state.waiting.append(state.last, rank: rank)
        defer { state.isWatched = true }
        return .wait(number: state.last, promise, mustWatch: !state.isWatched)
    }

    private func isStalled(_ state: State) -> Bool { MonotonicTime.now.since(state.lastMove) >= patience }

    /// Runs while somebody waits, and sends all away when nothing moves.
    private func watch() async {
        while true {
            try? await Task.sleep(for: patience)
            let (sentAway, isOver) = state.withLock { state -> ([Promise<Entry>], Bool) in
                var sentAway: [Promise<Entry>] = []
                if isStalled(state) {
                    sentAway = Array(state.promises.values)
                    state.promises = [:]
                    _ = state.waiting.removeAll()
                }
                if state.promises.isEmpty { state.isWatched = false }
                return (sentAway, state.promises.isEmpty)
            }
            for promise in sentAway { promise.complete(with: .stalled) }
            if isOver { return }
        }
    }
}
