import Testing

@testable import Jobs

@Suite("A circuit breaker")
struct CircuitBreakerTests {
    private let start = ContinuousClock.now

    private func at(_ seconds: Double) -> ContinuousClock.Instant { start + .seconds(seconds) }

    /// Makes a call; nil when it is not let through.
    @discardableResult
    private func call(_ breaker: inout CircuitBreaker, failed: Bool?, at seconds: Double) -> Duration? {
        switch breaker.admit(at: at(seconds)) {
        case .call(let permit):
            breaker.note(failed: failed, of: permit, at: at(seconds))
            return nil
        case .wait(let wait): return wait
        }
    }

    private func opened(at seconds: Double = 0) -> CircuitBreaker {
        var breaker = CircuitBreaker()
        for _ in 1...10 { call(&breaker, failed: true, at: seconds) }
        return breaker
    }

    @Test func `opens when at least half of ten calls failed`() {
        var breaker = CircuitBreaker()
        for number in 0..<9 { call(&breaker, failed: number % 2 == 0, at: 0) }
        #expect(breaker.state == .closed)
        call(&breaker, failed: true, at: 0)
        #expect(breaker.state == .open)
        #expect(breaker.openUntil == at(10))
    }

    @Test func `stays closed as long as more than half succeed`() {
        var breaker = CircuitBreaker()
        for number in 0..<1000 { call(&breaker, failed: number % 5 >= 3, at: Double(number) / 100) }
        #expect(breaker.state == .closed)
    }

    @Test func `a few calls say nothing, if all fail`() {
        var breaker = CircuitBreaker()
        for second in 0..<100 { call(&breaker, failed: true, at: Double(second) * 2) }
        #expect(breaker.state == .closed)
    }

    @Test func `what was longer ago than the window does not count`() {
        var breaker = CircuitBreaker()
        for _ in 1...9 { call(&breaker, failed: true, at: 0) }
        call(&breaker, failed: true, at: 11)
        #expect(breaker.state == .closed)
        #expect(breaker.counts(at: at(11)) == (1, 1))
        #expect(breaker.counts(at: at(22)) == (0, 0))
        #expect(breaker.counts(at: at(1_000_000)) == (0, 0))
    }

    @Test func `calls that say nothing do not count`() {
        var breaker = CircuitBreaker()
        for _ in 1...100 { call(&breaker, failed: nil, at: 0) }
        #expect(breaker.counts(at: at(0)) == (0, 0) && breaker.state == .closed)
    }

    @Test func `lets nothing through for ten seconds, and says how long`() {
        var breaker = opened()
        #expect(call(&breaker, failed: false, at: 0) == .seconds(10))
        #expect(call(&breaker, failed: false, at: 9.5) == .milliseconds(500))
        #expect(breaker.state == .open)
    }

    @Test func `then one success closes it, and what was before is forgotten`() {
        var breaker = opened()
        #expect(call(&breaker, failed: false, at: 10) == nil)
        #expect(breaker.state == .closed && breaker.openUntil == nil && breaker.failingSince == nil)
        for _ in 1...9 { call(&breaker, failed: true, at: 10) }
        #expect(breaker.state == .closed)
        call(&breaker, failed: true, at: 10)
        #expect(breaker.state == .open)
    }

    @Test func `or one failure opens it for another ten seconds`() {
        var breaker = opened()
        #expect(call(&breaker, failed: true, at: 12) == nil)
        #expect(breaker.state == .open && breaker.openUntil == at(22) && breaker.failingSince == at(0))
        #expect(call(&breaker, failed: true, at: 13) == .seconds(9))
    }

    @Test func `while it is half-open three calls are under way at most`() {
        var breaker = opened()
        var permits: [CircuitBreaker.Permit] = []
        for _ in 1...5 { if case .call(let permit) = breaker.admit(at: at(10)) { permits.append(permit) } }
        #expect(permits.count == 3 && breaker.state == .halfOpen)
        breaker.note(failed: nil, of: permits[0], at: at(10))
        #expect(breaker.state == .halfOpen)
        guard case .call = breaker.admit(at: at(10)) else {
            Issue.record("a call that said nothing did not give its place back")
            return
        }
        guard case .wait(.seconds(1)) = breaker.admit(at: at(10)) else {
            Issue.record("a fourth call was let through")
            return
        }
    }

    @Test func `the end of a call that began before the last change counts for nothing`() {
        var breaker = CircuitBreaker()
        guard case .call(let old) = breaker.admit(at: at(0)) else { return }
        for _ in 1...10 { call(&breaker, failed: true, at: 0) }
        breaker.note(failed: false, of: old, at: at(1))
        #expect(breaker.state == .open)
        guard case .call(let probe) = breaker.admit(at: at(10)) else { return }
        breaker.note(failed: false, of: old, at: at(10))
        #expect(breaker.state == .halfOpen)
        breaker.note(failed: false, of: probe, at: at(10))
        breaker.note(failed: true, of: old, at: at(10))
        #expect(breaker.state == .closed && breaker.counts(at: at(10)) == (0, 0))
    }

    @Test func `whatever happens, open always ends`() {
        var random = SeededGenerator(state: 7)
        var breaker = CircuitBreaker()
        var now = 0.0
        var under: [CircuitBreaker.Permit] = []
        for _ in 0..<100_000 {
            now += Double.random(in: 0...0.5, using: &random)
            if Bool.random(using: &random), case .call(let permit) = breaker.admit(at: at(now)) { under.append(permit) }
            if let permit = under.popLast(), Bool.random(using: &random) {
                breaker.note(failed: [true, false, nil].randomElement(using: &random)!, of: permit, at: at(now))
            }
            if breaker.state == .open { #expect(breaker.openUntil! <= at(now + 10)) }
        }
    }
}
