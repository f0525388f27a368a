import Decimals
import Testing

@testable import QuizScoring

@Suite("Numeric") struct NumericTests {
    private func numeric(_ value: String, _ tolerance: Tolerance? = nil) throws -> Interaction {
        .numeric(NumericInteraction(answers: [NumericAnswer(value: try decimal(value), tolerance: tolerance)]))
    }

    /// Moodle, question/type/numerical/tests/answer_test.php: the values on both sides of each border.
    @Test(arguments: [
        ("7", Tolerance.absolute(1), ["6", "7", "8"], ["5.99", "8.01"]),
        ("1e-20", .absolute(0), ["1e-20"], ["0.9999999e-20", "1.0000001e-20"]),
        ("0", .absolute(Decimal128(1, exponent: -24)), ["-1e-24", "0", "1e-24"], ["-2e-24", "2e-24"]),
        ("1e-20", .absolute(Decimal128(1, exponent: -24)), ["1.0001e-20"], ["1.0002e-20"]),
        ("7", .relative(Decimal128(1, exponent: -1)), ["6.3", "7", "7.7"], ["6.29", "7.71"]),
        ("7", .geometric(1), ["3.5", "7", "14"], ["3.49", "14.01"]),
        ("-7", .geometric(1), ["-3.5", "-7", "-14"], ["-3.49", "-14.01"]),
        ("3.14159", .significantFigures(3), ["3.14", "3.141", "3.135"], ["3.134", "3.145"]),
        ("3.14159", .places(2), ["3.14", "3.135"], ["3.15", "3.1449e1"]),
    ])
    func `a tolerance includes its borders`(
        value: String, tolerance: Tolerance, accepted: [String], refused: [String]
    ) throws {
        for response in accepted {
            #expect(try fraction(numeric(value, tolerance), .text(response)) == "1", "\(response)")
        }
        for response in refused {
            #expect(try fraction(numeric(value, tolerance), .text(response)) == "0", "\(response)")
        }
    }

    @Test func `no binary fraction comes between`() throws {
        #expect(try fraction(numeric("0.3"), "0.3") == "1")
        #expect(try fraction(numeric("0.3", .absolute(decimal("0.1"))), "0.4") == "1")
        #expect(try fraction(numeric("1234"), "1234.000001") == "0")
    }

    /// Moodle, GIFT format: `=1822:0 =%50%1822:2`, and `3.141..3.142`.
    @Test func `the first answer that matches counts`() throws {
        let born = Interaction.numeric(
            NumericInteraction(answers: [
                NumericAnswer(value: 1822),
                NumericAnswer(value: 1822, tolerance: .absolute(2), fraction: try decimal("0.5")),
            ]))
        #expect(try fraction(born, "1822") == "1")
        #expect(try fraction(born, "1824") == "0.5")
        #expect(try fraction(born, "1825") == "0")
        let pi = Interaction.numeric(
            NumericInteraction(answers: [NumericAnswer(from: try decimal("3.141"), to: try decimal("3.142"))]))
        #expect(try fraction(pi, "3.1415") == "1")
        #expect(try fraction(pi, "3.143") == "0")
    }

    /// Moodle, question/type/numerical/tests/answerprocessor_test.php; the last lines are ours.
    @Test(arguments: [
        ("3.142", "3.142", ""), (".2", "0.2", ""), ("1.", "1", ""), ("+1.0", "1", ""), ("-1.", "-1", ""),
        ("1e4", "10000", ""), ("3.142E-4", "0.0003142", ""), (".2e+2", "20", ""), ("1.e-1", "0.1", ""),
        ("3x10^8", "300000000", ""), ("3×10^8", "300000000", ""), ("3.0*10^8", "300000000", ""),
        ("3.00x10**-8", "0.00000003", ""), ("0.001×10**7", "10000", ""),
        ("1m", "1", "m"), ("3.142 m", "3.142", "m"), (".2m", "0.2", "m"), ("1.cm", "1", "cm"), ("1.0   cm", "1", "cm"),
        ("1e4 m", "10000", "m"), ("1.0e0cm", "1", "cm"), ("1,000,000", "1000000", ""), ("1,000.00 m", "1000", "m"),
        ("3 frogs", "3", "frogs"), ("3x10^8 m/s", "300000000", "m/s"), ("-1 000", "-1000", ""),
        ("3,14159", "3.14159", ""),
        ("3%", "3", "%"), ("1e-6 %", "0.000001", "%"), ("£1,234.56", "1234.56", "£"), ("$100.", "100", "$"),
        ("frog 100", "100", "frog"),
        ("1.234,5", "1234.5", ""), ("1.234.567", "1234567", ""), ("\u{2212}5", "-5", ""), (" 7 ", "7", ""),
        ("12 eV", "12", "eV"), ("5 x", "5", "x"),
    ])
    func `numbers are read as people write them`(text: String, value: String, unit: String) throws {
        let number = try #require(NumberText(text))
        #expect(number.value.description == value)
        #expect(number.unit == unit)
    }

    @Test(arguments: [
        "frog", ". m", ",", "", "NaN", "-", "inf", "1e300", "1e-300", "£1€", "1,2,3.4.5",
        String(repeating: "9", count: 5000),
    ])
    func `what is no number is worth nothing`(text: String) throws {
        #expect(NumberText(text) == nil)
        #expect(try fraction(numeric("0"), .text(text)) == "0")
    }

    @Test func `negative zero is zero`() throws { #expect(try fraction(numeric("0"), "-0.0") == "1") }

    private func speed(_ rule: UnitRule, penalty: String) throws -> Interaction {
        .numeric(
            NumericInteraction(
                answers: [NumericAnswer(value: 36)],
                units: [Unit(name: "km/h"), Unit(name: "m/s", factor: try decimal("3.6"))], unitRule: rule,
                unitPenalty: try decimal(penalty)))
    }

    @Test(arguments: [
        ("36 km/h", "1"), ("10 m/s", "1"), ("36", "0.9"), ("36 frogs", "0.9"), ("36 m/s", "0"), ("35", "0"),
    ])
    func `a number is converted by its unit, and a missing one costs its penalty`(text: String, points: String) throws {
        #expect(try fraction(speed(.required, penalty: "0.1"), .text(text)) == points)
    }

    @Test func `a unit that may be left out is that of the answer`() throws {
        #expect(try fraction(speed(.optional, penalty: "1"), "36") == "1")
        #expect(try fraction(speed(.optional, penalty: "1"), "36 frogs") == "0")
    }
}
