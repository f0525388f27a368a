/// A timer of an ``EventLoop``, to cancel it with.
public struct EventTimer: Sendable {
    let number: UInt64
}

/// Timers in the order they are due: a binary heap of times, and the closures beside it.
///
/// Cancelling forgets the closure and leaves the time in the heap until it is due.
struct TimerQueue {
    private struct Entry {
        let time: MonotonicTime
        let number: UInt64
    }

    private var heap: [Entry] = []
    private var closures: [UInt64: @Sendable () -> Void] = [:]
    private var lastNumber: UInt64 = 0

    var isEmpty: Bool { heap.isEmpty }
    var earliest: MonotonicTime? { heap.first?.time }

    mutating func add(at time: MonotonicTime, _ closure: @escaping @Sendable () -> Void) -> EventTimer {
        lastNumber += 1
        closures[lastNumber] = closure
        heap.append(Entry(time: time, number: lastNumber))
        siftUp(from: heap.count - 1)
        return EventTimer(number: lastNumber)
    }

    mutating func cancel(_ timer: EventTimer) { closures[timer.number] = nil }

    /// Takes out all that is due, earliest first.
    mutating func removeDue(at now: MonotonicTime) -> [@Sendable () -> Void] {
        var due: [@Sendable () -> Void] = []
        while let first = heap.first, first.time <= now {
            removeFirst()
            if let closure = closures.removeValue(forKey: first.number) { due.append(closure) }
        }
        return due
    }

    private mutating func removeFirst() {
        let last = heap.removeLast()
        guard !heap.isEmpty else { return }
        heap[0] = last
        siftDown()
    }

    private mutating func siftUp(from start: Int) {
        var child = start
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].time < heap[parent].time else { return }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    private mutating func siftDown() {
        var parent = 0
        while true {
            var smallest = parent
            for child in [2 * parent + 1, 2 * parent + 2]
            where child < heap.count && heap[child].time < heap[smallest].time {
                smallest = child
            }
            guard smallest != parent else { return }
            heap.swapAt(parent, smallest)
            parent = smallest
        }
    }
}
