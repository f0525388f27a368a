import Testing

@testable import Decimals

/// The expected values are the well-known constants, to 30 figures.
@Suite("Decimal functions") struct FunctionTests {
    private func number(_ text: String) throws -> Decimal128 { try Decimal128(text) }

    private func isNear(_ value: Decimal128?, _ expected: String) throws -> Bool {
        guard let value else { return false }
        let wanted = try number(expected)
        return (value - wanted).magnitude <= max(wanted.magnitude, 1) * Decimal128(1, exponent: -28)
    }

    @Test func `roots`() throws {
        #expect(Decimal128(4).squareRoot()?.description == "2")
        #expect(try number("1e-98").squareRoot()?.description == "1e-49")
        #expect(try number("0.0625").squareRoot()?.description == "0.25")
        #expect(try isNear(Decimal128(2).squareRoot(), "1.41421356237309504880168872420969"))
        #expect(Decimal128(-1).squareRoot() == nil)
    }

    @Test func `exponentials and logarithms`() throws {
        #expect(Decimal128(0).exponential() == 1)
        #expect(try isNear(Decimal128(1).exponential(), "2.71828182845904523536028747135266"))
        #expect(try isNear(Decimal128(-5).exponential(), "0.00673794699908546709663604842314842"))
        #expect(Decimal128(1000).exponential() == nil)
        #expect(Decimal128(-1000).exponential() == 0)
        #expect(Decimal128(1).naturalLogarithm() == 0)
        #expect(try isNear(Decimal128(2).naturalLogarithm(), "0.693147180559945309417232121458176"))
        #expect(try isNear(number("1e-50").naturalLogarithm(), "-115.129254649702284200899572734218"))
        #expect(Decimal128(1000).commonLogarithm() == 3)
        #expect(try isNear(Decimal128(2).commonLogarithm(), "0.301029995663981195213738894724493"))
        for value in [0, -1] { #expect(Decimal128(value).naturalLogarithm() == nil) }
    }

    @Test func `angles`() throws {
        #expect(Decimal128(0).sine() == 0)
        #expect(Decimal128(0).cosine() == 1)
        #expect(Decimal128.pi.sine() == 0)
        #expect(Decimal128.pi.cosine() == -1)
        #expect((Decimal128.pi * Decimal128(5, exponent: -1)).sine() == 1)
        #expect(try isNear(Decimal128(1).sine(), "0.841470984807896506652502321630298"))
        #expect(try isNear(Decimal128(1).cosine(), "0.540302305868139717400936607442976"))
        #expect(try isNear(Decimal128(1).tangent(), "1.55740772465490223050697480745836"))
        #expect(try isNear(Decimal128(1).arcTangent(), "0.785398163397448309615660845819875"))
        #expect(try isNear(Decimal128(-1).arcSine(), "-1.57079632679489661923132169163975"))
        #expect(try isNear(number("0.5").arcCosine(), "1.04719755119659774615421446109316"))
        #expect(Decimal128(2).arcSine() == nil)
        #expect(try number("1e10").sine() == nil)
    }

    @Test func `powers`() throws {
        #expect(Decimal128(2).power(10) == 1024)
        #expect(Decimal128(2).power(-2) == Decimal128(25, exponent: -2))
        #expect(Decimal128(-2).power(3) == -8)
        #expect(Decimal128(0).power(0) == 1)
        #expect(try isNear(Decimal128(2).power(number("0.5")), "1.41421356237309504880168872420969"))
        #expect(Decimal128(-2).power(try number("0.5")) == nil)
        #expect(Decimal128(0).power(-1) == nil)
        #expect(Decimal128(10).power(100) == nil)
        #expect(Decimal128(10).power(99) != nil)
        #expect(try number("1e99").power(1000) == nil)
    }
}
