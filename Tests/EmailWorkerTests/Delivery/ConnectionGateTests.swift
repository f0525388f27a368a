import Synchronization
import Testing

@testable import EmailWorker

@Suite("The gate before the connections", .timeLimit(.minutes(1)))
struct ConnectionGateTests {
    @Test
    func `those for whom a person waits go first, each kind in its order`() async throws {
        let gate = ConnectionGate(width: 1, patience: .seconds(3600))
        #expect(await gate.enter(rank: 0) == .entered)
        let order = Order()
        var visitors: [Task<Void, Never>] = []
        for (name, rank) in [("digest 1", 1), ("digest 2", 1), ("reset 1", 0), ("reset 2", 0)] {
            let waiting = gate.waitingCount
            visitors.append(
                Task {
                    guard await gate.enter(rank: rank) == .entered else { return }
                    order.add(name)
                    gate.leave()
                })
            while gate.waitingCount == waiting { await Task.yield() }
        }
        gate.leave()
        for visitor in visitors { await visitor.value }
        #expect(order.names == ["reset 1", "reset 2", "digest 1", "digest 2"])
    }

    /// Who came when.
    private final class Order: Sendable {
        private let list = Mutex<[String]>([])

        var names: [String] { list.withLock { $0 } }

        func add(_ name: String) { list.withLock { $0.append(name) } }
    }

    @Test
    func `who is cancelled while it waits goes at once, and takes no place`() async throws {
        let gate = ConnectionGate(width: 1, patience: .seconds(3600))
        #expect(await gate.enter(rank: 0) == .entered)
        let waiting = Task { await gate.enter(rank: 0) }
        while gate.waitingCount == 0 { await Task.yield() }
        waiting.cancel()
        #expect(await waiting.value == .cancelled)
        gate.leave()
        #expect(await gate.enter(rank: 0) == .entered)
        let cancelled = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await gate.enter(rank: 0)
        }
        #expect(await cancelled.value == .cancelled)
        gate.leave()
    }

    @Test
    func `where nothing moves nobody waits for long, and who comes later does not wait at all`() async throws {
        let gate = ConnectionGate(width: 1, patience: .milliseconds(100))
        #expect(await gate.enter(rank: 0) == .entered)
        let waiting = (1...5).map { rank in Task { await gate.enter(rank: rank % 2) } }
        for task in waiting { #expect(await task.value == .stalled) }
        #expect(await gate.enter(rank: 0) == .stalled)
        gate.leave()
        #expect(await gate.enter(rank: 0) == .entered)
    }
}
