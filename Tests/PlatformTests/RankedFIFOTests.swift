import Platform
import TestSupport
import Testing

@Suite("A queue of ranks")
struct RankedFIFOTests {
    @Test func `gives the lowest rank first, and each in the order it came`() {
        var queue = RankedFIFO<String>()
        for (element, rank) in [("low 1", 2), ("low 2", 2), ("high 1", 0), ("middle", 1), ("high 2", 0)] {
            queue.append(element, rank: rank)
        }
        #expect(queue.first == "high 1" && queue.count == 5)
        var taken: [String] = []
        while let element = queue.popFirst() { taken.append(element) }
        #expect(taken == ["high 1", "high 2", "middle", "low 1", "low 2"] && queue.isEmpty && queue.first == nil)
    }

    @Test func `is a sorted list to whoever looks`() {
        var random = SeededGenerator(seed: 7)
        var queue = RankedFIFO<Int>()
        var model: [(rank: Int, number: Int)] = []
        for number in 0..<5000 {
            if Bool.random(using: &random) {
                let rank = Int.random(in: 0...4, using: &random)
                queue.append(number, rank: rank)
                model.append((rank, number))
            } else {
                let next = model.indices.min { (model[$0].rank, $0) < (model[$1].rank, $1) }
                #expect(queue.popFirst() == next.map { model.remove(at: $0).number })
            }
            #expect(queue.count == model.count)
        }
        let rest = model.enumerated().sorted { ($0.element.rank, $0.offset) < ($1.element.rank, $1.offset) }
        #expect(queue.removeAll() == rest.map(\.element.number) && queue.isEmpty)
    }
}
