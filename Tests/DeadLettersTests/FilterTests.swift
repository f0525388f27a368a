import DeadLetters
import Testing

@Suite struct FilterTests {
    private let letter = DeadLetter(
        id: LetterID(queue: "emails", member: "a"), buried: "5000",
        fields: LetterFields([
            "type": "email.send", "reason": "failures", "error": "Cannot reach the Server: Größe 7", "attempt": "4",
            "group": "ab", "trace": "00-ff", "kind": "SMTPError",
            "args": #"{"user":{"id":42,"name":"Ada \u00e9"},"to":["a","b"],"n":1.50,"none":null,"yes":true}"#,
        ]))

    private func matches(_ change: (inout DeadFilter) -> Void) -> Bool {
        var filter = DeadFilter()
        change(&filter)
        return filter.matches(letter)
    }

    @Test func `nothing matches everything`() {
        #expect(DeadFilter().isEmpty)
        #expect(DeadFilter().matches(letter))
    }

    @Test func `every condition must hold`() {
        #expect(matches { $0.type = "email.send" })
        #expect(!matches { $0.type = "email" })
        #expect(matches { $0.reason = "failures" })
        #expect(!matches { $0.reason = "crash" })
        #expect(matches { $0.error = "THE server" })
        #expect(matches { $0.error = "Größe" })
        #expect(!matches { $0.error = "servers" })
        #expect(matches { $0.group = "ab" })
        #expect(!matches { $0.group = "a" })
        #expect(matches { $0.queues = ["default", "emails"] })
        #expect(!matches { $0.queues = ["default"] })
        #expect(matches { $0.since = 5000 })
        #expect(!matches { $0.since = 5001 })
        #expect(matches { $0.before = 5001 })
        #expect(!matches { $0.before = 5000 })
        #expect(matches { $0.attempts = 4...4 })
        #expect(!matches { $0.attempts = 0...3 })
        #expect(!matches { ($0.type, $0.reason) = ("email.send", "crash") })
        #expect(!matches { $0.ids = [LetterID(queue: "emails", member: "b")] })
    }

    @Test(arguments: [
        ("args.user.id=42", true), ("args.user.id=43", false), ("args.user.name=Ada é", true), ("args.to.1=b", true),
        ("args.to.2=b", false), ("args.n=1.50", true), ("args.n=1.5", false), ("args.none=null", true),
        ("args.yes=true", true), (#"args.to=["a","b"]"#, true), ("args.user=42", false), ("trace=00-ff", true),
        ("kind=SMTPError", true), ("nothing=", false), ("args.user.id.more=42", false), ("args.nothing=", false),
    ])
    func `a field has a value`(condition: String, isSo: Bool) throws {
        let condition = try #require(FieldCondition(condition))
        #expect(matches { $0.fields = [condition] } == isSo)
    }

    @Test(arguments: ["", "args", "=", "=42", "args..id=42", "args.=42"])
    func `what is no condition is refused`(text: String) { #expect(FieldCondition(text) == nil) }

    @Test func `is remembered as JSON`() throws {
        var filter = DeadFilter()
        (filter.ids, filter.queues) = ([LetterID(queue: "emails", member: "a.1-0")], ["emails", "default"])
        (filter.type, filter.reason, filter.error, filter.group) = ("a.b", "crash", "é \"\n", "ff")
        (filter.since, filter.before, filter.attempts) = (1, 2, 3...4)
        filter.fields = [try #require(FieldCondition("args.a=b=c"))]
        #expect(DeadFilter(json: filter.json) == filter)
        #expect(DeadFilter(json: DeadFilter().json) == DeadFilter())
        #expect(DeadFilter().json == "{}")
    }

    @Test(arguments: [
        ("50/s", 50), ("600/m", 10), ("3600/h", 1), ("0/s", nil), ("50", nil), ("-1/s", nil), ("1/d", nil),
        ("1e3/s", nil),
    ])
    func `a rate is a number in a time`(text: String, perSecond: Double?) {
        #expect(ReplayRate(text)?.perSecond == perSecond)
    }
}
