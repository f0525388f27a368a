import Jobs
import Testing

@testable import Configuration

@Suite struct LimitSettingTests {
    private func limit(_ text: String) throws -> LimitRule? {
        try read("{ policies: { \"email.send\": { limit: \(text) } } }").policies["email.send"]?.limit
    }

    @Test func `a limit is read`() throws {
        #expect(try limit("{ concurrency: 5 }") == LimitRule(concurrency: 5))
        #expect(try limit("{ rate: \"100/1m\" }") == LimitRule(rate: Rate(100, per: .seconds(60))))
        #expect(
            try limit("{ concurrency: 1, rate: \"5/250ms\", burst: 3, by: \"tenant.id\" }")
                == LimitRule(concurrency: 1, rate: Rate(5, per: .milliseconds(250), burst: 3), by: ["tenant", "id"]))
    }

    @Test(arguments: [
        ("{}", "this limit allows everything"), ("{ by: \"tenant\" }", "this limit allows everything"),
        ("{ concurrency: 0 }", "'concurrency' is 0"), ("{ concurrency: 1000001 }", "'concurrency' is 1000001"),
        ("{ rate: \"100\" }", "'rate' is no number of jobs in a time"), ("{ rate: \"0/1m\" }", "'rate' is no number"),
        ("{ rate: \"1/0s\" }", "'rate' is no number"), ("{ rate: \"1/31d\" }", "'rate' is no number"),
        ("{ rate: \"1/1m/1\" }", "'rate' is no number"), ("{ rate: \"-1/1m\" }", "'rate' is no number"),
        ("{ rate: 100 }", "'rate' is a number; write text in quotes"),
        ("{ concurrency: 1, burst: 2 }", "'burst' has no meaning"),
        ("{ rate: \"1/1m\", burst: 0 }", "'burst' is 0"), ("{ concurrency: 1, by: \"\" }", "'by' is no field"),
        ("{ concurrency: 1, by: \"a..b\" }", "'by' is no field"), ("{ concurency: 1 }", "did you mean 'concurrency'?"),
        ("5", "'limit' is a number"),
    ])
    func `what is wrong with a limit is told`(text: String, part: String) throws {
        let error = #expect(throws: ConfigurationError.self) { try limit(text) }
        #expect("\(try #require(error))".contains(part))
    }
}
