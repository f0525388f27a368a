import Synchronization
import TestSupport
import Testing

@testable import Platform

@Suite("Timers in the order they are due")
struct TimerQueueTests {
    @Test(arguments: [1, 2, 3, 4, 5])
    func `as a sorted array would have them, whatever is added, cancelled and taken`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = TimerQueue()
        var model: [(time: UInt64, name: Int, timer: EventTimer)] = []
        let fired = Tally<Int>()
        var expected: [Int: Int] = [:]
        var now: UInt64 = 0
        for name in 0..<3000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                let time = now + UInt64.random(in: 0...100, using: &random)
                let timer = queue.add(at: MonotonicTime(nanoseconds: time)) { fired.add(name) }
                model.append((time, name, timer))
            case 6..<8 where !model.isEmpty:
                queue.cancel(model.remove(at: Int.random(in: model.indices, using: &random)).timer)
            default:
                now += UInt64.random(in: 0...30, using: &random)
                for closure in queue.removeDue(at: MonotonicTime(nanoseconds: now)) { closure() }
                for due in model where due.time <= now { expected[due.name, default: 0] += 1 }
                model.removeAll { $0.time <= now }
                #expect(fired.counts == expected)
            }
        }
        for closure in queue.removeDue(at: .distantFuture) { closure() }
        #expect(fired.total == expected.count + model.count && queue.isEmpty)
    }

    @Test func `the earliest first`() {
        var random = SeededGenerator(seed: 7)
        var queue = TimerQueue()
        let order = Mutex<[UInt64]>([])
        let times = (0..<500).map { _ in UInt64.random(in: 0...1000, using: &random) }
        for time in times {
            _ = queue.add(at: MonotonicTime(nanoseconds: time)) { order.withLock { $0.append(time) } }
        }
        #expect(queue.earliest?.nanoseconds == times.min())
        for closure in queue.removeDue(at: MonotonicTime(nanoseconds: 1000)) { closure() }
        #expect(order.withLock { $0 } == times.sorted())
    }

    @Test func `cancelling one that has fired, or twice, changes nothing`() {
        var queue = TimerQueue()
        let timer = queue.add(at: MonotonicTime(nanoseconds: 1)) {}
        #expect(queue.removeDue(at: MonotonicTime(nanoseconds: 1)).count == 1)
        queue.cancel(timer)
        queue.cancel(timer)
        #expect(queue.removeDue(at: .distantFuture).isEmpty)
    }
}
