import Jobs
import Platform
import Testing

@testable import Access

@Suite("Rates of clients")
struct RateLimiterTests {
    private let start = MonotonicTime.now

    private func time(_ milliseconds: Int) -> MonotonicTime { start + .milliseconds(milliseconds) }

    @Test func `all of a rate may come together, and then as fast as it says`() {
        let limiter = RateLimiter(Rate(10, per: .seconds(1), burst: 10))
        #expect((0..<10).allSatisfy { _ in limiter.take("a", at: start) == nil })
        #expect(limiter.take("a", at: start) == 1)
        #expect(limiter.take("a", at: time(99)) == 1)
        #expect(limiter.take("a", at: time(100)) == nil)
        #expect(limiter.take("a", at: time(100)) == 1)
        #expect(limiter.take("b", at: time(100)) == nil)
        // A second later all are there again, and no more.
        #expect((0..<10).allSatisfy { _ in limiter.take("a", at: time(1200)) == nil })
        #expect(limiter.take("a", at: time(1200)) != nil)
    }

    @Test func `who is refused hears when to come again`() {
        let limiter = RateLimiter(Rate(2, per: .seconds(60), burst: 2))
        #expect(limiter.take("a", at: start) == nil && limiter.take("a", at: start) == nil)
        #expect(limiter.take("a", at: start) == 30)
        #expect(limiter.take("a", at: time(29_500)) == 1)
        #expect(limiter.take("a", at: time(30_000)) == nil)
    }

    @Test func `clients without end take memory that has one`() {
        let limiter = RateLimiter(Rate(1, per: .seconds(1), burst: 1), most: 100)
        for number in 0..<10_000 { _ = limiter.take("\(number)", at: start) }
        #expect(limiter.count <= 101)
        // Those that are known have what is theirs; the others share one.
        #expect(limiter.take("5", at: time(1000)) == nil)
        #expect(limiter.take("new", at: time(999)) != nil || limiter.take("newer", at: time(999)) != nil)
        // Full buckets are none.
        #expect(limiter.take("later", at: time(3000)) == nil && limiter.count < 10)
    }
}
