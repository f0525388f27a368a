import JobTesting
import PayloadSchemas
import TestSupport
import Testing

@Suite("Schemas read by another program")
struct IndependentValidatorTests {
    private static let perSchema = 60

    /// Each schema gets values that it takes, and values that one much like it takes.
    @Test func `mean the same to it`() async throws {
        var maker = SchemaMaker(chance: SeededGenerator(seed: 11))
        var questions: [Validator.Question] = []
        for seed in 0..<150 as Range<UInt64> {
            let schema = maker.schema()
            let values = [schema, maker.variant(of: schema), maker.variant(of: schema), maker.schema()].flatMap {
                PayloadSamples(of: $0, seed: seed).prefix(Self.perSchema / 4)
            }
            questions.append(Validator.Question(schema, values))
        }
        let answers = try await Validator.ask(questions)
        var counts = [false: 0, true: 0]
        for (question, answer) in zip(questions, answers) {
            for (value, isGood) in zip(question.values, answer) {
                let told = question.schema.violations(in: value)
                let text = String(decoding: value, as: UTF8.self)
                #expect(told.isEmpty == isGood, "\(text): \(told) by \(question.schema.json(title: "t"))")
                counts[isGood]? += 1
            }
        }
        #expect(counts.values.allSatisfy { $0 > 1000 }, "\(counts)")
    }

    @Test func `take what was made by them`() {
        var maker = SchemaMaker(chance: SeededGenerator(seed: 5))
        for seed in 0..<200 as Range<UInt64> {
            let schema = maker.schema()
            for value in PayloadSamples(of: schema, seed: seed).prefix(20) {
                let told = schema.violations(in: value)
                #expect(told.isEmpty, "\(String(decoding: value, as: UTF8.self)): \(told)")
            }
        }
    }

    /// A word or two on each keyword, as the specification has them.
    @Test func `mean what the specification says`() async throws {
        let cases: [(PayloadSchema, good: [String], bad: [String])] = [
            (.integer(), ["1", "1.0", "-1e2"], ["1.1", "\"1\"", "true", "null", "[]", "{}"]),
            (.number(1.1...3), ["1.1", "3.0", "2.6"], ["0.6", "3.5", "\"x\""]),
            (
                .text(2...3), ["\"fo\"", "\"\\ud83d\\udca9\\ud83d\\udca9\""],
                ["\"f\"", "\"\\ud83d\\udca9\"", "\"abcd\"", "100"]
            ),
            (.choice(["foo\nbar", "foo\rbar"]), ["\"foo\\nbar\"", "\"foo\\rbar\""], ["\"abc\"", "1"]),
            (.array(of: .integer(), count: 1...2), ["[1]", "[1,2]"], ["[]", "[1,2,3]", "[1,\"x\"]", "{\"0\":1}"]),
            (.map(of: .boolean), ["{}", "{\"a\":true}"], ["{\"a\":1}", "12"]),
            (
                .object(nil, [.required("foo", .any), .optional("bar", .text())], others: nil),
                ["{\"foo\":1}", "{\"foo\":null,\"bar\":null}", "{\"foo\":1,\"bar\":\"a\"}"],
                ["{\"bar\":\"a\"}", "{}", "{\"foo\":1,\"quux\":1}", "{\"foo\":1,\"bar\":2}"]
            ),
            (
                .object(nil, [.required("__proto__", .any), .required("toString", .any), .required("a\"b\n", .any)]),
                ["{\"__proto__\":1,\"toString\":1,\"a\\\"b\\n\":1}"], ["{\"__proto__\":1,\"toString\":1}"]
            ),
            (.object(nil, [.forbidden("foo")]), ["{}", "{\"bar\":1}"], ["{\"foo\":1}", "{\"foo\":null}"]),
            (.oneOf([.integer(), .text(2...9)]), ["1", "\"ab\""], ["1.5", "\"a\"", "null"]),
        ]
        let questions = cases.map { Validator.Question($0.0, ($0.good + $0.bad).map { Array($0.utf8) }) }
        for ((schema, good, bad), answer) in zip(cases, try await Validator.ask(questions)) {
            #expect(answer == good.map { _ in true } + bad.map { _ in false })
            for text in good { #expect(schema.violations(in: Array(text.utf8)).isEmpty, "\(text)") }
            for text in bad { #expect(!schema.violations(in: Array(text.utf8)).isEmpty, "\(text)") }
        }
    }
}
