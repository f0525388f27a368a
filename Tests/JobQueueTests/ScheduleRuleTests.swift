import Mutants
import TestSupport
import Testing

@Suite("Rules of schedules", .timeLimit(.minutes(2)))
struct ScheduleRuleTests {
    @Test(arguments: ScheduleRule.allCases)
    func `hold`(rule: ScheduleRule) async throws {
        try await withQueue { q in
            let holds = try await rule.holds(in: q)
            #expect(holds)
        }
    }

    @Test(arguments: Mutant.schedules)
    func `one of them is broken without a protection`(mutant: Mutant) async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            try await mutant.load(through: client)
            var broken: [ScheduleRule] = []
            for rule in ScheduleRule.allCases {
                _ = try await client.call("FLUSHALL")
                if try await !rule.holds(in: TestQueue(client)) { broken.append(rule) }
            }
            #expect(!broken.isEmpty, "\(mutant)")
        }
    }
}
