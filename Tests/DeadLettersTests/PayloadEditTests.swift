import DeadLetters
import Testing

@Suite struct PayloadEditTests {
    private func set(_ settings: String..., in args: String) throws -> String {
        let settings = try settings.map { try #require(PayloadEdit.Setting($0)) }
        return String(decoding: try PayloadEdit.setting(settings, in: Array(args.utf8)), as: UTF8.self)
    }

    @Test func `sets single values and leaves the rest as it is written`() throws {
        let args = #"{ "z": 1.50, "big": 12345678901234567890123, "a": {"b": [1, {"c": "x"}]}, "e": "é\u0000\n/" }"#
        #expect(
            try set("args.a.b.1.c=y", "args.new=7", in: args)
                == #"{"z":1.50,"big":12345678901234567890123,"a":{"b":[1,{"c":"y"}]},"e":"é\u0000\n/","new":7}"#)
    }

    @Test func `what was text stays text, else it is JSON if it can be`() throws {
        #expect(try set("args.a=42", in: #"{"a":"41"}"#) == #"{"a":"42"}"#)
        #expect(try set("args.a=42", in: #"{"a":41}"#) == #"{"a":42}"#)
        #expect(try set("args.a=[1]", in: "{}") == #"{"a":[1]}"#)
        #expect(try set("args.a=ada@example.org", in: "{}") == #"{"a":"ada@example.org"}"#)
    }

    @Test func `refuses places that are not there, and payloads that are not JSON`() throws {
        #expect(throws: PayloadEdit.Mistake.self) { try set("args.a.b=1", in: "{}") }
        #expect(throws: PayloadEdit.Mistake.self) { try set("args.0=1", in: "[]") }
        #expect(throws: PayloadEdit.Mistake.self) { try set("args.a=1", in: "nonsense") }
        #expect(PayloadEdit.Setting("type=a.b") == nil)
        #expect(PayloadEdit.Setting("args=1") == nil)
    }

    @Test func `tells what differs`() {
        let found = PayloadEdit.differences(
            from: Array(#"{"a":1,"b":{"c":[1,2]},"d":"x"}"#.utf8),
            to: Array(#"{"b":{"c":[1,3,4]},"d":"x","e":null}"#.utf8))
        #expect(
            found == [
                .init(path: "args.a", old: "1", new: nil), .init(path: "args.b.c.1", old: "2", new: "3"),
                .init(path: "args.b.c.2", old: nil, new: "4"), .init(path: "args.e", old: nil, new: "null"),
            ])
        #expect(PayloadEdit.differences(from: Array("x".utf8), to: Array("{}".utf8)).map(\.path) == ["args"])
        #expect(PayloadEdit.differences(from: Array("[1, 2]".utf8), to: Array("[1,2]".utf8)).isEmpty)
    }

    @Test(arguments: [
        "", "{", "[1,]", "{\"a\":}", "01", "1.", "-", "\"\u{1}\"", "nul", "[1] 2", #""\ud800""#, #""\u12""#,
        #"{"a" 1}"#,
        String(repeating: "[", count: 100_000),
    ])
    func `what is not JSON is refused`(text: String) {
        #expect(throws: PayloadEdit.Mistake.self) { try PayloadEdit.setting([], in: Array(text.utf8)) }
    }

    @Test(arguments: [#""\ud83d\ude00""#, "-0.5e+3", "[]", "{}", #"{"a":1,"a":2}"#, " true "])
    func `what is JSON is read`(text: String) throws { _ = try PayloadEdit.setting([], in: Array(text.utf8)) }
}
