import Platform
import TestSupport
import Testing

@Suite("First in, first out")
struct FIFOTests {
    @Test(arguments: [1, 2, 3])
    func `as an array would be, through many thousands`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = FIFO<Int>()
        var model: [Int] = []
        for step in 0..<300 {
            let count = Int.random(in: 0...400, using: &random)
            if Bool.random(using: &random) {
                queue.append(contentsOf: step..<step + count)
                model.append(contentsOf: step..<step + count)
            } else {
                for _ in 0..<count { #expect(queue.popFirst() == (model.isEmpty ? nil : model.removeFirst())) }
            }
            #expect(queue.count == model.count && queue.first == model.first && queue.isEmpty == model.isEmpty)
        }
        #expect(queue.removeAll() == model)
        #expect(queue.isEmpty && queue.popFirst() == nil)
    }

    @Test func `takes again after it was emptied`() {
        var queue = FIFO<Int>()
        for number in 0..<5000 { queue.append(number) }
        for number in 0..<5000 { #expect(queue.popFirst() == number) }
        queue.append(1)
        #expect(queue.first == 1 && queue.count == 1)
    }
}
