import PayloadSchemas
import Testing

@Suite("The check of payloads")
struct CheckTests {
    /// What each kind takes, and what is said of the rest; nil where nothing is.
    private static let cases: [(PayloadSchema, String, String?)] = [
        (.any, #"{"a":[1,null]}"#, nil),
        (.null, "null", nil), (.null, "0", "the payload must be null"),
        (.boolean, "true", nil), (.boolean, "false", nil), (.boolean, "0", "the payload must be true or false"),
        (.boolean, "null", "the payload must be true or false"), (PayloadSchema.boolean.orNull, "null", nil),
        (.integer(), "-5", nil), (.integer(), "1.0", nil), (.integer(), "1.50e1", nil), (.integer(), "-0", nil),
        (.integer(), "100e-2", nil), (.integer(), "0e99999999999999999999", nil),
        (.integer(), "9223372036854775807", nil), (.integer(), "-9223372036854775808", nil),
        (
            .integer(), "9223372036854775808",
            "the payload must be from -9223372036854775808 to 9223372036854775807"
        ),
        (.integer(), "1e-1", "the payload must be a whole number"),
        (.integer(), "1.5", "the payload must be a whole number"),
        (.integer(), "1e-99999999999999999999", "the payload must be a whole number"),
        (.integer(1...9), "0", "the payload must be from 1 to 9"), (.integer(1...9), "9", nil),
        (.integer(1...9), "1e99999999999999999999", "the payload must be from 1 to 9"),
        (.integer(1...9), #""1""#, "the payload must be a whole number"),
        (.number(), "-1.5e3", nil), (.number(), "1e400", "the payload is a number that is too large to be read"),
        (.number(0...0.5), "0.5", nil), (.number(0...0.5), "0.6", "the payload must be from 0 to 0.5"),
        (.number(0...1), "1e400", "the payload must be from 0 to 1"),
        (.number(), "true", "the payload must be a number"),
        (.text(), #""""#, nil), (.text(2...3), #""é😀""#, nil), (.text(2...3), #""a\ud83d\ude00b""#, nil),
        (.text(2...3), #""\u0041""#, "the payload must have 2 to 3 characters"),
        (.text(1...Int.max), #""""#, "the payload must have at least 1 character"),
        (.text(0...1), #""ab""#, "the payload must have at most 1 character"),
        (.text(.email), #""ada@example.org""#, nil), (.text(.email), #""\u0061@b""#, nil),
        (.text(.email), #""ada""#, "the payload must be a mail address such as ada@example.org"),
        (.choice(["a", "b"]), #""\u0062""#, nil), (.choice(["a", "b"]), #""c""#, "the payload must be one of a, b"),
        (.choice(["a", "b"]), "1", "the payload must be a text"),
        (.array(of: .boolean), "[]", nil), (.array(of: .boolean), "[true,1]", "/1: must be true or false"),
        (.array(of: .any, count: 1...2), "[]", "the payload must have 1 to 2 elements"),
        (.array(of: .boolean, count: 0...1), "[true,1,2]", "the payload must have at most 1 element"),
        (.map(of: .boolean), #"{"a":true,"b":1}"#, "/b: must be true or false"),
        (.map(of: .boolean), "[]", "the payload must be an object"),
        (.oneOf([.text(0...1), .array(of: .text())]), #""ab""#, "the payload must have at most 1 character"),
        (.oneOf([.text(), .array(of: .text())]), #"["a",1]"#, "/1: must be a text"),
        (.oneOf([.text(), .array(of: .text())]), "1", "the payload must be a text or an array"),
        (.oneOf([.integer(), .boolean]).orNull, #""""#, "the payload must be a whole number or true or false"),
        (.oneOf([.integer(), .boolean]).orNull, "null", nil),
    ]

    @Test(arguments: cases.indices) func `takes what a kind is, and says what the rest is not`(index: Int) {
        let (schema, payload, problem) = Self.cases[index]
        #expect(told(schema, payload) == (problem.map { [$0] } ?? []), "\(payload)")
    }

    private static let object = PayloadSchema.object(
        nil,
        [
            .required("to", .text()), .optional("cc", .text()), .optional("a/b~", .text()), .forbidden("key"),
            .optional("deep", .array(of: .object(nil, [.required("n", .integer(0...9))], others: nil))),
        ],
        rules: [FieldRule("needs 'cc' without 'deep'", [.init(lacks: ["deep"]), .init(has: ["cc"], lacks: ["deep"])])])

    @Test(arguments: [
        (#"{"to":"a"}"#, []),
        (#"{"to":"a","cc":null,"x":{"y":[1]},"deep":null}"#, []),
        (#"{"t\u006f":"a"}"#, []),
        (#"{}"#, ["/to: is missing"]),
        (#"{"to":null}"#, ["/to: must be a text"]),
        (#"{"to":"a","a/b~":1}"#, ["/a~1b~0: must be a text"]),
        (#"{"to":"a","key":null}"#, ["/key: must be left out"]),
        (
            #"{"to":"a","deep":[{"n":1},{"n":10}]}"#,
            ["/deep/1/n: must be from 0 to 9", "the payload needs 'cc' without 'deep'"]
        ),
        (
            #"{"to":"a","deep":[{"n":1,"m":1,"o/":1}]}"#,
            [
                "/deep/0/m: is not known; there may be n", "/deep/0/o~1: is not known; there may be n",
                "the payload needs 'cc' without 'deep'",
            ]
        ),
        (#"{"to":"a","to":"b"}"#, ["/to: stands twice in its object"]),
        (#"{"to":"a","x":1,"\u0078":2}"#, ["/x: stands twice in its object"]),
        (#"{"to":"a","x":{"y":1,"z":[{"y":1}],"y":2}}"#, ["/x/y: stands twice in its object"]),
    ]) func `names the field`(payload: String, problems: [String]) {
        #expect(told(Self.object, payload) == problems)
    }

    @Test func `a shape that nothing has is never taken`() {
        #expect(
            told(.object(nil, [.required("a", .object(nil, [], others: nil))]), #"{"a":{"b":1}}"#) == [
                "/a/b: must be left out"
            ])
    }

    @Test func `tells eight things at most, and shortens keys in them`() {
        let many = "[" + Array(repeating: "1", count: 20).joined(separator: ",") + "]"
        #expect(told(.array(of: .text()), many).count == 8)
        let long = String(repeating: "k", count: 5000)
        #expect(told(.map(of: .text()), "{\"\(long)\":1}") == ["/\(long.prefix(100))…: must be a text"])
    }

    private func told(_ schema: PayloadSchema, _ payload: String) -> [String] {
        schema.violations(in: Array(payload.utf8)).map(\.description)
    }
}
