import Testing

@testable import WorkerRuntime

@Suite("How many jobs a worker may hold")
struct ClaimWindowTests {
    @Test func `before anything is known, as many as there are free slots`() {
        let window = ClaimWindow(slots: 20)
        #expect(window.room(running: 0, waiting: 0) == 20)
        #expect(window.room(running: 5, waiting: 5) == 10)
        #expect(window.room(running: 20, waiting: 0) == 0)
        #expect(!window.isWorthClaiming(running: 20, waiting: 0))
        #expect(window.isWorthClaiming(running: 19, waiting: 0))
    }

    @Test func `long jobs are never held ahead`() {
        var window = ClaimWindow(slots: 4)
        window.note(.seconds(2))
        #expect(window.ahead == 0 && window.room(running: 4, waiting: 0) == 0)
    }

    @Test func `short jobs are held ahead for fifty milliseconds, up to a bound`() {
        var window = ClaimWindow(slots: 4)
        window.note(.milliseconds(5))
        #expect(window.ahead == 10)
        var fast = ClaimWindow(slots: 4)
        fast.note(.zero)
        #expect(fast.ahead == 2048)
    }

    @Test func `one long job weighs more than one short one`() {
        var window = ClaimWindow(slots: 4)
        window.note(.milliseconds(1))
        window.note(.milliseconds(1000))
        #expect(window.ahead == 0)
        var slow = ClaimWindow(slots: 4)
        slow.note(.milliseconds(1000))
        slow.note(.milliseconds(1))
        #expect(slow.ahead == 0)
    }

    @Test func `claims are made in bites, not job by job`() {
        var window = ClaimWindow(slots: 4)
        window.note(.milliseconds(5))
        #expect(!window.isWorthClaiming(running: 4, waiting: 6))
        #expect(window.isWorthClaiming(running: 4, waiting: 5))
        #expect(window.isWorthClaiming(running: 3, waiting: 0))
    }

    @Test func `more jobs than slots leave no room instead of a negative one`() {
        #expect(ClaimWindow(slots: 2).room(running: 2, waiting: 50) == 0)
    }
}
