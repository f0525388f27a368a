import Platform
import TestSupport
import Testing

@testable import WorkerRuntime

@Suite("The order in which queues are asked")
struct ClaimOrderTests {
    private let start = MonotonicTime(nanoseconds: 1_000_000_000_000)

    @Test func `strict is the order given`() {
        var order = ClaimOrder(queues: 3, weights: nil, now: start)
        var random = SeededGenerator(seed: 1)
        let turns = order.next(room: 20, now: start, using: &random)
        #expect(turns.map(\.queue) == [0, 1, 2] && turns.allSatisfy { $0.share == nil })
    }

    @Test func `a queue that was not asked for a second is asked first, for an eighth, until it is empty`() {
        var order = ClaimOrder(queues: 3, weights: nil, now: start)
        var random = SeededGenerator(seed: 1)
        let later = start + .seconds(1)
        order.asked(0, isEmpty: false, now: later)
        order.asked(1, isEmpty: false, now: later)
        for _ in 1...3 {
            let turns = order.next(room: 16, now: later, using: &random)
            #expect(turns.map(\.queue) == [2, 0, 1] && turns.map(\.share) == [2, nil, nil])
            order.asked(2, isEmpty: false, now: later)
        }
        order.asked(2, isEmpty: true, now: later)
        #expect(order.next(room: 16, now: later, using: &random).map(\.queue) == [0, 1, 2])
    }

    @Test func `a queue asked just now has not aged, and one that is not served is not in the way`() {
        var order = ClaimOrder(queues: 3, weights: nil, now: start)
        var random = SeededGenerator(seed: 1)
        #expect(order.next(room: 80, now: start + .milliseconds(999), using: &random).allSatisfy { $0.share == nil })
        let later = start + .seconds(2)
        order.asked(0, isEmpty: false, now: later)
        let turns = order.next(room: 80, now: later, isServed: { $0 != 1 }, using: &random)
        #expect(turns.map(\.queue) == [2, 0])
    }

    @Test(arguments: [1, 3, 20]) func `under a flood in the first queue the others share an eighth`(room: Int) {
        var order = ClaimOrder(queues: 4, weights: nil, now: start)
        var random = SeededGenerator(seed: 1)
        var taken = [0, 0, 0, 0]
        for tick in 0..<10_000 {
            let now = start + .milliseconds(tick)
            var left = room
            // Every queue has as many jobs as it is asked for.
            for turn in order.next(room: room, now: now, using: &random) where left > 0 {
                let count = min(turn.share ?? left, left)
                taken[turn.queue] += count
                left -= count
                order.asked(turn.queue, isEmpty: false, now: now)
            }
        }
        let all = Double(10_000 * room)
        // They age for a second of the ten.
        #expect(abs(Double(taken[1] + taken[2] + taken[3]) / all - 0.1125) < 0.01, "\(taken)")
        for queue in 1...3 { #expect(Double(taken[queue]) / all > 0.03, "\(taken)") }
    }

    @Test func `weighted asks first in proportion to the weight, and every queue each time`() {
        var order = ClaimOrder(queues: 3, weights: [6, 3, 1], now: start)
        var random = SeededGenerator(seed: 42)
        var first = [0, 0, 0]
        for _ in 0..<10_000 {
            let turns = order.next(room: 20, now: start, using: &random).map(\.queue)
            #expect(turns.sorted() == [0, 1, 2])
            first[turns[0]] += 1
        }
        for (count, expected) in zip(first, [6000, 3000, 1000]) { #expect(abs(count - expected) < 200) }
    }

    @Test func `one queue is always first`() {
        var order = ClaimOrder(queues: 1, weights: [5], now: start)
        var random = SeededGenerator(seed: 1)
        #expect(
            order.next(room: 5, now: start + .seconds(60), using: &random) == [.init(queue: 0, share: nil, rank: 0)])
    }
}
