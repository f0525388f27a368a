import Testing

@testable import Decimals

@Suite("Decimal arithmetic") struct ArithmeticTests {
    private func number(_ text: String) throws -> Decimal128 { try Decimal128(text) }

    @Test(arguments: [
        ("1", "2", "3"), ("0.1", "0.2", "0.3"), ("1", "-1", "0"),
        ("1e30", "1e-3", "1.000000000000000000000000000000001e30"),
        // 34 digits are kept, half to even.
        ("9999999999999999999999999999999999", "1", "1e34"),
        ("1e34", "0.5", "1e34"), ("1e34", "5", "1e34"),
        ("1e34", "5.000000000000000000001", "1.000000000000000000000000000000001e34"),
        ("1e34", "15", "1.000000000000000000000000000000002e34"),
        ("1e99", "-1e-99", "1e99"), ("1e90", "1e-100", "1e90"),
        ("-0.7", "0.07", "-0.63"), ("123456789.123456789", "-0.000000001", "123456789.123456788"),
    ])
    func `a sum is exact, or rounded to 34 digits`(left: String, right: String, sum: String) throws {
        #expect(try (number(left) + number(right)).description == sum)
        #expect(try (number(right) + number(left)).description == sum)
    }

    @Test(arguments: [
        ("0.1", "0.1", "0.01"), ("-3", "1.5", "-4.5"), ("0", "5", "0"),
        // A half, and a one 31 digits further down: up, not to the even digit.
        (
            "1000000000000000000000000000000001", "650000000000000000000000000000001",
            "6.500000000000000000000000000000017e65"
        ),
        ("3333333333333333333333333333333333", "3", "9.999999999999999999999999999999999e33"),
        (
            "1234567890123456789012345678901234", "1234567890123456789012345678901234",
            "1.524157875323883675049535156256667e66"
        ),
        (
            "9999999999999999999999999999999999", "9999999999999999999999999999999999",
            "9.999999999999999999999999999999998e67"
        ),
    ])
    func `a product is exact, or rounded to 34 digits`(left: String, right: String, product: String) throws {
        #expect(try (number(left) * number(right)).description == product)
    }

    @Test(arguments: [
        ("1", "3", "0.3333333333333333333333333333333333"), ("2", "3", "0.6666666666666666666666666666666667"),
        ("6", "3", "2"), ("1", "8", "0.125"), ("-1", "4", "-0.25"), ("0", "7", "0"), ("1e99", "1e-99", "1e198"),
        ("1234567890123456789012345678901234", "7", "1.763668414462081127160493827001763e32"),
    ])
    func `a quotient is exact, or rounded to 34 digits`(left: String, right: String, quotient: String) throws {
        #expect(try number(left).divided(by: number(right))?.description == quotient)
    }

    @Test func `nothing is divided by zero`() throws {
        #expect(Decimal128.one.divided(by: 0) == nil)
        #expect(Decimal128.one.divided(by: 0, places: 2, .halfUp) == nil)
        #expect(Decimal128.one.remainder(dividingBy: 0) == nil)
    }

    @Test(arguments: [("7", "3", "1"), ("-7", "3", "-1"), ("7.5", "-2", "1.5"), ("1", "0.1", "0"), ("0.3", "0.1", "0")])
    func `a remainder has the sign of the dividend`(left: String, right: String, remainder: String) throws {
        #expect(try number(left).remainder(dividingBy: number(right))?.description == remainder)
    }

    @Test(arguments: [
        ("0.125", 2, "0.13", "0.12"), ("-0.125", 2, "-0.13", "-0.12"), ("0.135", 2, "0.14", "0.14"),
        ("0.1250000000000000000000000000000001", 2, "0.13", "0.13"), ("2.5", 0, "3", "2"), ("1e-50", 2, "0", "0"),
        ("0.005", 2, "0.01", "0"), ("150", -2, "200", "200"), ("250", -2, "300", "200"), ("99.995", 2, "100", "100"),
        ("12", 5, "12", "12"),
    ])
    func `numbers are rounded as the rule says`(text: String, places: Int, up: String, even: String) throws {
        #expect(try number(text).rounded(places: places, .halfUp).description == up)
        #expect(try number(text).rounded(places: places, .halfEven).description == even)
    }

    @Test(arguments: [
        ("3.14159", 3, "3.14"), ("0.00123456", 2, "0.0012"), ("98765", 2, "99000"), ("-9.96", 2, "-10"), ("0", 3, "0"),
    ])
    func `numbers are rounded to significant figures`(text: String, figures: Int, expected: String) throws {
        #expect(try number(text).rounded(significantFigures: figures, .halfUp).description == expected)
    }

    @Test func `a quotient is rounded once`() throws {
        // 1/3 of 0.0149999… is 0.005 when it is rounded first.
        let small = try number("0.01499999999999999999999999999999999")
        #expect(small.divided(by: 3, places: 2, .halfUp)?.description == "0")
        #expect(Decimal128(2).divided(by: 3, places: 2, .halfUp)?.description == "0.67")
        #expect(Decimal128(1).divided(by: 200, places: 2, .halfEven)?.description == "0")
    }

    @Test func `numbers are ordered by value`() throws {
        let sorted = ["-1e99", "-2", "-1.5", "-1e-99", "0", "1e-99", "0.1", "0.11", "1", "1.0000001", "1e33", "1e34"]
        for (index, left) in sorted.enumerated() {
            for (other, right) in sorted.enumerated() {
                #expect(try (number(left) < number(right)) == (index < other))
                #expect(try (number(left) == number(right)) == (index == other))
            }
        }
        #expect(try Set([number("1.50"), number("1.5"), number("15e-1")]).count == 1)
    }
}
