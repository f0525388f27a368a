import Foundation
import Testing

@testable import Decimals

@Suite("Decimal texts") struct TextTests {
    @Test(arguments: [
        ("0", "0"), ("-0", "0"), ("-0.000", "0"), ("+.5", "0.5"), ("1.", "1"), ("007", "7"), ("1.50", "1.5"),
        ("1e3", "1000"), ("1E-3", "0.001"), ("6.02e23", "6.02e23"), ("1e20", "100000000000000000000"),
        ("1e-12", "0.000000000001"), ("6.62607015e-34", "6.62607015e-34"),
        ("12345678901234567890123456789012345", "1.234567890123456789012345678901234e34"),
        ("0.33333333333333333333333333333333333333333333", "0.3333333333333333333333333333333333"),
        ("0e999999999999", "0"),
    ])
    func `numbers are read and written`(text: String, expected: String) throws {
        #expect(try Decimal128(text).description == expected)
    }

    @Test(arguments: [
        "", " ", "+", "-", ".", "e5", "1e", "1e+", "1.2.3", "--1", "1 ", "NaN", "inf", "∞", "٣", "0x10", "1,5",
    ])
    func `what is no number is refused`(text: String) {
        #expect(throws: InvalidDecimal.notANumber) { try Decimal128(text) }
    }

    @Test func `what is too long, too large or too small is refused`() {
        #expect(throws: InvalidDecimal.notANumber) { try Decimal128(String(repeating: "1", count: 201)) }
        for text in ["1e100", "10e99", "1e300", "-1e300", "1e999999999999999999", String(repeating: "9", count: 101)] {
            #expect(throws: InvalidDecimal.tooLarge) { try Decimal128(text) }
        }
        for text in ["1e-101", "-1e-300", "1e-999999999999999999"] {
            #expect(throws: InvalidDecimal.tooSmall) { try Decimal128(text) }
        }
    }

    @Test func `JSON holds strings, and numbers are read to the last digit`() throws {
        let json = Data(#"["0.1", 0.1, 12, 0.1234567890123456789012345678, -1e-7, 1.50]"#.utf8)
        let values = try JSONDecoder().decode([Decimal128].self, from: json)
        let expected = ["0.1", "0.1", "12", "0.1234567890123456789012345678", "-0.0000001", "1.5"]
        #expect(values.map(\.description) == expected)
        #expect(try String(decoding: JSONEncoder().encode(Array(values.prefix(2))), as: UTF8.self) == #"["0.1","0.1"]"#)
        for text in [#"["x"]"#, "[1e200]", "[null]", "[true]", "[{}]"] {
            #expect(throws: DecodingError.self) { try JSONDecoder().decode([Decimal128].self, from: Data(text.utf8)) }
        }
    }
}
