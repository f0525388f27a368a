import Jobs
import Testing

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy(maxRetries: 5, base: .seconds(10), cap: .seconds(60))

    private func delays(afterFailures failures: Int, told: Duration? = nil) -> [Duration] {
        var random = SeededGenerator(state: 4)
        return (0..<1000).map { _ in policy.delay(afterFailures: failures, told: told, using: &random) }
    }

    @Test(arguments: [(1, 10), (2, 20), (3, 40), (4, 60), (5, 60), (1_000_000, 60)])
    func `the wait is drawn from zero to twice as much each time, up to the cap`(failures: Int, most: Int) {
        let delays = delays(afterFailures: failures)
        #expect(delays.allSatisfy { (.zero ... .seconds(most)).contains($0) })
        #expect(delays.max()! > .seconds(most) * 0.9 && delays.min()! < .seconds(most) * 0.1)
    }

    @Test(arguments: [0, 1, 30, 3600, 100_000])
    func `what the other side said is waited for, and not much more`(seconds: Int) {
        let told = Duration.seconds(seconds)
        let delays = delays(afterFailures: 3, told: told)
        #expect(delays.allSatisfy { $0 >= told && $0 <= told + max(told / 5, .seconds(1)) })
        #expect(Set(delays).count > 100)
    }

    @Test(arguments: [Duration.seconds(Int64.min), .seconds(-1), .seconds(Int64.max)])
    func `no nonsense is waited for`(told: Duration) {
        #expect(
            delays(afterFailures: 1, told: told).allSatisfy { (.zero...RetryPolicy.longestWait * 1.2).contains($0) })
    }

    @Test func `a job is tried again as often as allowed`() {
        #expect((1...7).map { policy.allowsRetry(afterFailures: $0) } == [true, true, true, true, true, false, false])
        #expect(!RetryPolicy.never.allowsRetry(afterFailures: 1))
    }
}
