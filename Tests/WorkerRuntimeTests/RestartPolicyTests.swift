import Platform
import Testing

@testable import WorkerRuntime

@Suite("When a process that ended is started again")
struct RestartPolicyTests {
    private let start = MonotonicTime(nanoseconds: 1_000_000_000_000)

    @Test func `one that did its duty comes back at once, for ever`() {
        var policy = RestartPolicy()
        for second in 0..<1000 {
            #expect(policy.wait(afterEndAt: start + .milliseconds(second), wasReady: true) == .milliseconds(10))
        }
    }

    @Test func `false starts wait longer each time, and the sixth in a minute is the last`() {
        var policy = RestartPolicy()
        let waits = (1...6).map { policy.wait(afterEndAt: start + .seconds($0), wasReady: false) }
        #expect(waits == [100, 200, 400, 800, 1600].map { .milliseconds($0) } + [nil])
    }

    @Test func `false starts of long ago are forgotten`() {
        var policy = RestartPolicy()
        for minute in 0..<100 {
            #expect(policy.wait(afterEndAt: start + .seconds(61 * minute), wasReady: false) == .milliseconds(100))
        }
    }
}
