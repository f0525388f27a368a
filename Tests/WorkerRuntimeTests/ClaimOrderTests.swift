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
        #expect(order.next(now: start, using: &random).map(\.queue) == [0, 1, 2])
        #expect(order.next(now: start, using: &random).allSatisfy { $0.divisor == 1 })
    }

    @Test func `a queue that was not asked for a second is asked first, once, for an eighth`() {
        var order = ClaimOrder(queues: 3, weights: nil, now: start)
        var random = SeededGenerator(seed: 1)
        let later = start + .seconds(1)
        order.asked(0, now: later)
        order.asked(1, now: later)
        let turns = order.next(now: later, using: &random)
        #expect(turns.map(\.queue) == [2, 0, 1])
        #expect(turns.map(\.divisor) == [8, 1, 1])
        order.asked(2, now: later)
        #expect(order.next(now: later, using: &random).map(\.queue) == [0, 1, 2])
    }

    @Test func `a queue asked just now is not starving`() {
        var order = ClaimOrder(queues: 2, weights: nil, now: start)
        var random = SeededGenerator(seed: 1)
        #expect(order.next(now: start + .milliseconds(999), using: &random).map(\.divisor) == [1, 1])
    }

    @Test func `under a flood in the first queue every other one is asked once a second`() {
        var order = ClaimOrder(queues: 4, weights: nil, now: start)
        var random = SeededGenerator(seed: 1)
        var asked = [0, 0, 0, 0]
        for tick in 0..<10_000 {
            let now = start + .milliseconds(tick)
            // The first queue always fills the room; a starving one in front of it takes its share.
            for turn in order.next(now: now, using: &random) {
                order.asked(turn.queue, now: now)
                asked[turn.queue] += 1
                if turn.divisor == 1 { break }
            }
        }
        #expect(asked[0] == 10_000)
        for queue in 1...3 { #expect((8...10).contains(asked[queue])) }
    }

    @Test func `weighted asks first in proportion to the weight, and every queue each time`() {
        var order = ClaimOrder(queues: 3, weights: [6, 3, 1], now: start)
        var random = SeededGenerator(seed: 42)
        var first = [0, 0, 0]
        for _ in 0..<10_000 {
            let turns = order.next(now: start, using: &random).map(\.queue)
            #expect(turns.sorted() == [0, 1, 2])
            first[turns[0]] += 1
        }
        for (count, expected) in zip(first, [6000, 3000, 1000]) { #expect(abs(count - expected) < 200) }
    }

    @Test func `one queue is always first`() {
        var order = ClaimOrder(queues: 1, weights: [5], now: start)
        var random = SeededGenerator(seed: 1)
        #expect(order.next(now: start + .seconds(60), using: &random) == [.init(queue: 0, divisor: 1, rank: 0)])
    }
}
