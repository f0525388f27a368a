import Platform
import Testing

@Suite("Monotonic time")
struct MonotonicTimeTests {
    private let time = MonotonicTime(nanoseconds: 5_000_000_000)

    @Test func `moves by durations`() {
        #expect((time + .milliseconds(1)).nanoseconds == 5_001_000_000)
        #expect((time - .seconds(2)).nanoseconds == 3_000_000_000)
        #expect((time + .nanoseconds(1)).since(time) == .nanoseconds(1))
    }

    @Test func `stops at its ends instead of trapping`() {
        #expect((time - .seconds(6)).nanoseconds == 0)
        #expect(time + .seconds(Int64.max) == .distantFuture)
        #expect(.distantFuture + .seconds(1) == MonotonicTime.distantFuture)
        #expect(MonotonicTime.distantFuture.since(MonotonicTime(nanoseconds: 0)) == .nanoseconds(Int64.max))
    }

    @Test func `a negative duration moves nothing, and the past is no time ago`() {
        #expect(time + .seconds(-1) == time)
        #expect(time - .seconds(-1) == time)
        #expect(time.since(time + .seconds(1)) == .zero)
    }

    @Test func `never runs backwards`() {
        var last = MonotonicTime.now
        for _ in 0..<1000 {
            let now = MonotonicTime.now
            #expect(now >= last)
            last = now
        }
    }
}
