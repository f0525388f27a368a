import Decimals
import Testing

@testable import QuizScoring

@Suite("Formulas") struct FormulaTests {
    @Test(arguments: [
        ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("2 ^ 3 ^ 2", "512"), ("-2 ^ 2", "-4"), ("2 ** 3", "8"),
        ("10 / 4", "2.5"),
        ("7 - 3 - 2", "2"), ("{a} * {b}", "6"), ("sqrt({a} + 7)", "3"), ("min(3, {b}, 1)", "1"), ("max(1, 2)", "2"),
        ("round(2.345, 2)", "2.35"), ("round(2.5)", "3"), ("floor(-1.5)", "-2"), ("ceil(1.2)", "2"),
        ("pow(2, 10)", "1024"),
        ("abs(-3)", "3"), ("mod(7, 3)", "1"), ("log10(1000)", "3"), ("sin(pi)", "0"), ("cos(pi())", "-1"),
        ("1e3 * 2E-1", "200"),
        ("0.1 + 0.2", "0.3"), ("2 * -3", "-6"), ("+ + 5", "5"), ("deg2rad(180) / pi", "1"),
    ])
    func `formulas have the values of school`(text: String, value: String) throws {
        #expect(try Formula(text).value([FormulaValue("a", 2), FormulaValue("b", 3)])?.description == value)
    }

    @Test(arguments: ["1 / 0", "sqrt(-1)", "ln(0)", "10 ^ 1000", "9 ^ 9 ^ 9", "{missing}", "asin(2)", "mod(1, 0)"])
    func `what has no value says so`(text: String) throws { #expect(try Formula(text).value([]) == nil) }

    @Test(arguments: [
        "", "1 +", "(1", "1)", "{a", "{}", "a", "foo(1)", "sqrt", "sqrt(1, 2)", "1 2", "1..2", "1e999", "system(1)",
        "{a}}",
        String(repeating: "(", count: 100) + "1" + String(repeating: ")", count: 100),
        String(repeating: "1+", count: 600) + "1", String(repeating: "2^", count: 300) + "2",
    ])
    func `what is no formula is refused`(text: String) {
        #expect(throws: InvalidFormula.self) { try Formula(text) }
    }

    private func sum(_ variables: [FormulaVariable]) -> Interaction {
        .formula(
            FormulaInteraction(variables: variables, answers: [FormulaAnswer(formula: "{a} + {b}")]))
    }

    @Test func `each attempt has its own values, and the explanation names them`() throws {
        let range = [
            FormulaVariable(name: "a", from: 1, to: 9),
            FormulaVariable(name: "b", from: 0, to: 1, step: Decimal128(1, exponent: -1)),
        ]
        var texts: Set<String> = []
        for seed in 0..<20 {
            let question = Question(id: "q", interaction: sum(range))
            let given = try explanation(question, Response("x"), seed: seed)
            let text = try #require(given.steps.first?.subject)
            texts.insert(text)
            let values = try text.split(separator: ", ").map { try Decimal128($0.split(separator: " ").last ?? "") }
            #expect((1...9).contains(values[0]) && (0...1).contains(values[1]))
            #expect(try fraction(sum(range), .text((values[0] + values[1]).description), seed: seed) == "1")
        }
        #expect(texts.count > 10)
    }

    @Test func `variables of a set take the same row`() throws {
        let rows = [
            FormulaVariable(name: "a", values: [1, 2, 3], set: "rows"),
            FormulaVariable(name: "b", values: [10, 20, 30], set: "rows"),
        ]
        for seed in 0..<10 {
            let points = try ["11", "22", "33"].map { try fraction(sum(rows), .text($0), seed: seed) }
            #expect(points.sorted() == ["0", "0", "1"])
        }
    }

    @Test func `a formula without a value waits for a person`() throws {
        let question = Question(
            id: "q",
            interaction: .formula(
                FormulaInteraction(
                    variables: [FormulaVariable(name: "a", values: [0])], answers: [FormulaAnswer(formula: "1 / {a}")]))
        )
        #expect(try explanation(question, Response("1")).status == .awaitingPerson)
    }
}
