import Jobs
import Testing

@Suite struct RetryAfterTests {
    /// Sun, 06 Nov 1994 08:49:37 GMT
    private static let example: Int64 = 784_111_777

    @Test(arguments: [
        ("0", 0), ("120", 120), ("  7\t", 7), ("00000000000000000000000000000042", 42), ("2147483648", 1 << 31),
        ("99999999999999999999999999999999", 1 << 31),
    ])
    func `a number is seconds`(header: String, seconds: Int64) {
        #expect(RetryAfter(header: header) == .seconds(seconds))
        #expect(RetryAfter(header: header)?.wait(at: Self.example) == .seconds(seconds))
    }

    @Test(arguments: [
        ("Sun, 06 Nov 1994 08:49:37 GMT", example), (" Sun, 06 Nov 1994 08:49:37 GMT ", example),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0), ("Wed, 31 Dec 1969 23:59:59 GMT", -1),
        ("Tue, 29 Feb 2000 12:00:00 GMT", 951_825_600), ("Thu, 29 Feb 2024 23:59:60 GMT", 1_709_251_200),
        ("Fri, 31 Dec 9999 23:59:59 GMT", 253_402_300_799), ("Sat, 01 Jan 0000 00:00:00 GMT", -62_167_219_200),
        ("Mon, 01 Mar 2100 00:00:00 GMT", 4_107_542_400),
    ])
    func `a date is seconds since 1970`(header: String, seconds: Int64) {
        #expect(RetryAfter(header: header) == .date(seconds))
    }

    @Test func `a date is waited for, and one that is over is not`() {
        let date = RetryAfter.date(Self.example)
        #expect(date.wait(at: Self.example - 90) == .seconds(90))
        #expect(date.wait(at: Self.example) == .zero && date.wait(at: Self.example + 90) == .zero)
        #expect(RetryAfter.date(253_402_300_799).wait(at: 0) == .seconds(RetryAfter.mostSeconds))
    }

    @Test(arguments: [
        "", " ", "-1", "+1", "1.5", "1e3", "0x10", "１２", "12 34", "soon", "12\n34", "\u{0}",
        "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 UTC",
        "sun, 06 nov 1994 08:49:37 gmt", "Sun, 31 Nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
        "Sun, 29 Feb 2100 08:49:37 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Nov 1994 08:60:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT", "Son, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Now 1994 08:49:37 GMT",
        "Sun, -6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 GMTT", "Sun, 06 Növ 994 08:49:37 GMT",
        String(repeating: "9", count: 65), String(repeating: " ", count: 100_000) + "x",
    ])
    func `anything else is nothing`(header: String) {
        #expect(RetryAfter(header: header) == nil)
    }

    @Test func `noise is nothing, or a wait that is none too long`() {
        var random = SeededGenerator(state: 20_261_121)
        let letters = Array("0123456789 ,:GMTSunNov\u{0}é".unicodeScalars)
        for _ in 0..<20_000 {
            var text = Array("Sun, 06 Nov 1994 08:49:37 GMT".unicodeScalars)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                text[Int.random(in: 0..<text.count, using: &random)] = letters.randomElement(using: &random)!
            }
            if Bool.random(using: &random) { text = Array(text.prefix(Int.random(in: 0...29, using: &random))) }
            var header = String.UnicodeScalarView()
            header.append(contentsOf: text)
            let wait = RetryAfter(header: String(header))?.wait(at: Self.example) ?? .zero
            #expect(wait >= .zero && wait <= .seconds(RetryAfter.mostSeconds))
        }
    }
}
