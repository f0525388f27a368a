import Configuration
import Jobs
import Testing

@Suite struct PolicySettingsTests {
    private let type = RetryPolicy(maxRetries: 5, base: .seconds(10), cap: .seconds(100))

    @Test func `no change leaves the type's policy`() {
        #expect(PolicySettings().adjusted(type) == type)
    }

    @Test func `every change is taken over`() {
        var settings = PolicySettings()
        (settings.retries, settings.base, settings.cap) = (0, .seconds(1), .seconds(2))
        settings.retryFor = .seconds(9)
        #expect(
            settings.adjusted(type)
                == RetryPolicy(maxRetries: 0, base: .seconds(1), cap: .seconds(2), retryFor: .seconds(9)))
    }

    @Test func `the type's time for retries stays unless it is changed`() {
        let limited = RetryPolicy(retryFor: .seconds(60))
        #expect(PolicySettings().adjusted(limited).retryFor == .seconds(60))
    }

    @Test func `a base above the type's cap raises the cap`() {
        var settings = PolicySettings()
        settings.base = .seconds(500)
        #expect(settings.adjusted(type) == RetryPolicy(maxRetries: 5, base: .seconds(500), cap: .seconds(500)))
    }

    @Test func `a cap below the type's base lowers the base`() {
        var settings = PolicySettings()
        settings.cap = .seconds(1)
        #expect(settings.adjusted(type) == RetryPolicy(maxRetries: 5, base: .seconds(1), cap: .seconds(1)))
    }
}
