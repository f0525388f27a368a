import Platform
import Telemetry
import Testing

@Suite("How many workers a pool should have")
struct ScalingRuleTests {
    private let rule = ScalingRule(least: 1, most: 10, target: .seconds(4))

    private func sight(_ workers: Int, wait: Duration, ready: Int = 0, busy: Int = 0) -> ScalingRule.Sight {
        var sight = ScalingRule.Sight()
        (sight.workers, sight.slots, sight.busySlots) = (workers, workers * 5, busy)
        (sight.ready, sight.wait) = (ready, wait)
        return sight
    }

    @Test func `grows by half while jobs wait too long, up to its most`() {
        #expect(rule.workersWanted(sight(1, wait: .seconds(5), ready: 1)) == 2)
        #expect(rule.workersWanted(sight(4, wait: .seconds(5), ready: 1)) == 6)
        #expect(rule.workersWanted(sight(9, wait: .seconds(500), ready: 1)) == 10)
    }

    @Test func `a long queue that moves is no reason to grow`() {
        #expect(rule.workersWanted(sight(2, wait: .seconds(2), ready: 1_000_000, busy: 10)) == 2)
    }

    @Test func `shrinks one by one, and not below what the work needs`() {
        #expect(rule.workersWanted(sight(6, wait: .zero)) == 5)
        #expect(rule.workersWanted(sight(6, wait: .zero, busy: 26)) == 6)
        #expect(rule.workersWanted(sight(1, wait: .zero)) == 1)
    }

    @Test func `begins where there is none, and stays within its bounds`() {
        #expect(rule.workersWanted(sight(0, wait: .zero)) == 1)
        let fromNone = ScalingRule(least: 0, most: 3, target: .seconds(4))
        #expect(fromNone.workersWanted(sight(0, wait: .zero)) == 0)
        #expect(fromNone.workersWanted(sight(0, wait: .milliseconds(1), ready: 1)) == 1)
        #expect(ScalingRule(least: 3, most: 1, target: .seconds(1)).most == 3)
    }

    @Test func `a supervisor grows at once and shrinks by one a minute`() {
        var scaler = PoolScaler(rule)
        let begun = MonotonicTime.now
        scaler.note(sight(1, wait: .seconds(9), ready: 50), at: begun)
        #expect(scaler.processes == 2)
        scaler.note(sight(2, wait: .seconds(9), ready: 50), at: begun + .seconds(5))
        #expect(scaler.processes == 3)
        for second in stride(from: 10, through: 65, by: 5) {
            scaler.note(sight(3, wait: .zero), at: begun + .seconds(second))
        }
        #expect(scaler.processes == 3)
        scaler.note(sight(3, wait: .zero), at: begun + .seconds(70))
        #expect(scaler.processes == 2)
        // One job that waits too long, and the minute begins anew.
        scaler.note(sight(2, wait: .seconds(2), ready: 1), at: begun + .seconds(120))
        scaler.note(sight(2, wait: .zero), at: begun + .seconds(140))
        #expect(scaler.processes == 2)
    }

    @Test func `each of two supervisors adds to its own`() {
        var scaler = PoolScaler(rule)
        // Eight workers of others wait as well.
        scaler.note(sight(9, wait: .seconds(9), ready: 50), at: .now)
        #expect(scaler.processes == 2)
    }
}
