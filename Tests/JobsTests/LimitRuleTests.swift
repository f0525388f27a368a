import Testing

@testable import Jobs

@Suite("Limit rules")
struct LimitRuleTests {
    private func key(_ payload: String, by path: String...) -> String {
        LimitRule(concurrency: 1, by: path).limit(of: "t.x", payload: ArraySlice(payload.utf8)).key
    }

    @Test func `without a field the type as a whole is limited`() {
        #expect(key("no JSON") == "policy:t.x")
    }

    @Test(arguments: [
        (#"{"a":"x","tenant":"school \u0041"}"#, "school A"), (#"{"tenant":42}"#, "42"), (#"{"tenant":-1.5}"#, "-1.5"),
        (#"{"tenant":true}"#, "true"), (#"{"tenant":null}"#, ""), (#"{"tenant":{"id":1}}"#, ""),
        (#"{"tenant":[1]}"#, ""),
        (#"{}"#, ""), (#"[]"#, ""), (#""text""#, ""), ("no JSON", ""), (#"{"tenant":"ä"}"#, "ä"), ("", ""),
    ])
    func `the value of a field is part of the key`(payload: String, value: String) {
        #expect(key(payload, by: "tenant") == "policy:t.x:tenant=\(value)")
        // The same for payloads that are left to JSONDecoder: here, of more than 64 keys.
        let more = (0..<70).map { #""k\#($0)":0"# }.joined(separator: ",")
        guard payload.hasPrefix("{\"") else { return }
        #expect(key("{\(more),\(payload.dropFirst())", by: "tenant") == "policy:t.x:tenant=\(value)")
    }

    @Test func `a path leads into objects`() {
        #expect(key(#"{"a":{"b":{"c":7}}}"#, by: "a", "b", "c") == "policy:t.x:a.b.c=7")
        #expect(key(#"{"a":{"b":7}}"#, by: "a", "b", "c") == "policy:t.x:a.b.c=")
    }

    @Test func `a long value is cut between two letters`() {
        let key = key(#"{"tenant":"\#(String(repeating: "ä", count: 1000))"}"#, by: "tenant")
        #expect((255...256).contains(key.utf8.count) && key.hasSuffix("ä"))
    }

    @Test func `a rule knows its own keys`() {
        let rule = LimitRule(concurrency: 1, by: ["tenant"])
        #expect(LimitRule.type(ofKey: "policy:t.x:tenant=4:2") == "t.x")
        #expect(LimitRule.type(ofKey: "policy:t.x") == "t.x")
        #expect(LimitRule.type(ofKey: "smtp:example.org") == nil)
        #expect(rule.limit(ofKey: "policy:t.x:tenant=42", for: "t.x") == Limit("policy:t.x:tenant=42", concurrency: 1))
        #expect(rule.limit(ofKey: "policy:t.x:tenant.id=42", for: "t.x") == nil)
        #expect(rule.limit(ofKey: "policy:t.x", for: "t.x") == nil)
        #expect(LimitRule(concurrency: 1).limit(ofKey: "policy:t.x:tenant=42", for: "t.x") == nil)
    }

    private struct Shared: LimitedJob {
        static let type: JobType = "t.shared"
        static let payloadSchema = PayloadSchema.any
        var keys: [String]
        var limits: [Limit] { keys.map { Limit($0, concurrency: 1) } }
    }

    private struct Handler: JobHandler {
        func handle(_ job: Shared, context: JobContext) async throws -> Outcome { .success() }
    }

    @Test func `a type's own limits are those of its payload, each once, and the operator's comes last`() {
        var registry = JobRegistry()
        registry.register(Handler())
        registry.adjust("t.shared", limitRule: LimitRule(concurrency: 5))
        let job = registry["t.shared"]!
        #expect(job.isLimited)
        #expect(
            job.limits(of: ArraySlice(#"{"keys":["a","b","a"]}"#.utf8)).map(\.key) == ["a", "b", "policy:t.shared"])
        #expect(job.limits(of: ArraySlice("{}".utf8)).map(\.key) == ["policy:t.shared"])
        let many = (0..<100).map { "\"\($0)\"" }.joined(separator: ",")
        #expect(job.limits(of: ArraySlice("{\"keys\":[\(many)]}".utf8)).count == 17)
    }

    private struct Configured: JobHandler {
        let concurrency: Int?

        var limits: (@Sendable (Shared) -> [Limit])? {
            guard let concurrency else { return nil }
            return { job in job.keys.map { Limit("own:\($0)", concurrency: concurrency) } }
        }

        func handle(_ job: Shared, context: JobContext) async throws -> Outcome { .success() }
    }

    @Test func `a handler's limits come after those of its type, and may be none`() {
        var registry = JobRegistry()
        registry.register(Configured(concurrency: 3))
        #expect(
            registry["t.shared"]!.limits(of: ArraySlice(#"{"keys":["a"]}"#.utf8)) == [
                Limit("a", concurrency: 1), Limit("own:a", concurrency: 3),
            ])
        var plain = JobRegistry()
        plain.register(Configured(concurrency: nil))
        #expect(plain["t.shared"]!.limits(of: ArraySlice(#"{"keys":["a"]}"#.utf8)).count == 1)
    }

    @Test(arguments: [
        ("100/1m", Rate(100, per: .seconds(60))), ("1/30d", Rate(1, per: .seconds(30 * 86_400))),
        ("0/1m", nil), ("1/31d", nil), ("1/0s", nil), ("1", nil), ("/1m", nil), ("1/1m/2", nil), ("-1/1m", nil),
        ("1000001/1m", nil), ("", nil),
    ])
    func `a rate is a number in a time`(text: String, rate: Rate?) {
        #expect(Rate(text) == rate)
    }

    @Test func `a rate has a burst of a tenth of a second by default`() {
        #expect(Rate(100, per: .seconds(60)).burst == 1)
        #expect(Rate(1000, per: .seconds(1)).burst == 100)
        #expect(Rate(1000, per: .seconds(1), burst: 3).burst == 3)
    }
}
