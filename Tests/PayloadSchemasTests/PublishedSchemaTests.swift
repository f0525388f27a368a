import PayloadSchemas
import Testing

@Suite("Schemas as they are published")
struct PublishedSchemaTests {
    private let schema = PayloadSchema.object(
        "All there is.",
        [
            .required("text", .text(1...5), "Short."),
            .optional("mail", .text(.email)),
            .optional("count", .integer(0...3)),
            .optional("share", .number(0...0.5)),
            .optional("any", .any, "Whatever."),
            .optional("flag", .boolean),
            .optional("how", .choice(["a", "b"])),
            .required("list", .array(of: .number(), count: 1...2)),
            .optional("map", .map(of: .boolean)),
            .required("both", .oneOf([.text(), .array(of: .text())])),
            .optional("closed", .object(nil, [], others: nil)),
            .forbidden("gone"),
        ], rules: [FieldRule("needs 'mail' or 'how'", [.init(has: ["mail"]), .init(has: ["how"], lacks: ["flag"])])])

    @Test func `are the same bytes each time, in the order of the declaration`() {
        let json = #"""
            {"$schema":"https://json-schema.org/draft/2020-12/schema","title":"all.kinds","description":"All there is.",
            "type":"object","properties":{
            "text":{"description":"Short.","type":"string","minLength":1,"maxLength":5},
            "mail":{"type":["string","null"],"format":"email","examples":["ada@example.org","a.b+c@mail.example.org"]},
            "count":{"type":["integer","null"],"minimum":0,"maximum":3},
            "share":{"type":["number","null"],"minimum":0,"maximum":0.5},
            "any":{"description":"Whatever."},
            "flag":{"type":["boolean","null"]},
            "how":{"enum":["a","b",null]},
            "list":{"type":"array","items":{"type":"number"},"minItems":1,"maxItems":2},
            "map":{"type":["object","null"],"additionalProperties":{"type":"boolean"}},
            "both":{"oneOf":[{"type":"string"},{"type":"array","items":{"type":"string"}}]},
            "closed":{"type":["object","null"],"additionalProperties":false},
            "gone":false},
            "required":["text","list","both"],
            "allOf":[{"description":"needs 'mail' or 'how'","anyOf":[
            {"required":["mail"],"properties":{"mail":{"not":{"type":"null"}}}},
            {"required":["how"],"properties":{"how":{"not":{"type":"null"}},"flag":{"type":"null"}}}]}]}
            """#
        #expect(schema.json(title: "all.kinds") == json.replacing("\n", with: ""))
    }

    @Test func `escape what stands in descriptions`() {
        let schema = PayloadSchema.any.described("\"\\\n\u{1}é")
        #expect(schema.json(title: "a").hasSuffix(#""title":"a","description":"\"\\\n\u0001é"}"#))
    }

    @Test func `have a summary, the first sentence`() {
        #expect(schema.summary == "All there is")
        #expect(PayloadSchema.any.described("One: two. Three.").summary == "One")
    }
}
