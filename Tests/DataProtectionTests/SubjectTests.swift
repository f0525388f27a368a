import DataProtection
import PayloadSchemas
import Testing

@Suite struct SubjectTests {
    private static let schema = PayloadSchema.object(
        "A mail.",
        [
            .required("to", .oneOf([.text(), .array(of: .text())]).subject),
            .optional("mail", .object(nil, [.required("to", .text().subject)])),
            .optional("note", .text()),
        ])

    private func search(_ names: String...) throws -> SubjectSearch {
        SubjectSearch(try #require(Subject(names))) { $0 == "email.send" ? Self.schema : nil }
    }

    @Test(arguments: [
        (#"{"to":"ADA@school.example"}"#, true), (#"{"to":"Ada <ada@school.example>"}"#, true),
        (#"{"to":["grace@x.y","ada@school.example"]}"#, true),
        (#"{"to":"x","mail":{"to":"ada@school.example"}}"#, true),
        (#"{"to":"ada@school.example.org"}"#, false), (#"{"to":"x","note":"ada@school.example"}"#, false),
        (#"{"to":"ada\u0040school.example"}"#, true), ("no JSON: ada@school.example", true),
    ])
    func `a type's own fields say about whom it is`(args: String, isAbout: Bool) throws {
        #expect(try search("ada@school.example").isAbout(Array(args.utf8), of: "email.send") == isAbout)
    }

    @Test(arguments: [
        (#"{"deep":[{"learner":4711}]}"#, true), (#"{"deep":[{"learner":"4711"}]}"#, true), (#"{"4711":true}"#, true),
        (#"{"learner":47110}"#, false), (#"{"text":"about 4711"}"#, false),
    ])
    func `of a type that says nothing any value counts that is the name`(args: String, isAbout: Bool) throws {
        #expect(try search("4711").isAbout(Array(args.utf8), of: "another.type") == isAbout)
    }

    @Test func `a mention is a word of its own`() throws {
        let subject = try #require(Subject(["l-47", "ada@school.example"]))
        for text in ["l-47", "of L-47.", "(l-47)", "welcome:ADA@school.example", "<ada@school.example>: 550"] {
            #expect(subject.isMentioned(in: text), "\(text)")
        }
        for text in ["l-471", "xl-47", "nada@school.example", "ada@school.exampled", "l-4"] {
            #expect(!subject.isMentioned(in: text), "\(text)")
        }
        #expect(Subject([]) == nil && Subject(["a"]) == nil)
    }

    @Test func `the schema that is published says it`() {
        #expect(Self.schema.json(title: "email.send").contains(#""x-subject":true"#))
        #expect(Self.schema.saysSubjects && !PayloadSchema.object(nil, [.required("a", .text())]).saysSubjects)
    }
}
