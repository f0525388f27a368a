import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct QuotedPrintableTests {
    private func encoded(_ text: String) -> String { encoded(Array(text.utf8)) }

    private func encoded(_ bytes: [UInt8]) -> String {
        var output: [UInt8] = []
        QuotedPrintable.append(bytes, to: &output)
        return String(decoding: output, as: UTF8.self)
    }

    @Test(arguments: [
        ("", ""), ("plain text.", "plain text."), ("a=b", "a=3Db"), ("ü", "=C3=BC"), ("\u{0}\u{7F}", "=00=7F"),
        ("a \r\nb\t\r\n", "a=20\r\nb=09\r\n"), ("end ", "end=20"), ("a b\tc", "a b\tc"), (".\r\n..", ".\r\n.."),
        ("a\nb\rc\r\nd", "a\r\nb\r\nc\r\nd"), ("\n\r\r\n", "\r\n\r\n\r\n"), ("a \n", "a=20\r\n"), ("a \r", "a=20\r\n"),
    ])
    func `bytes are written as the standard says`(text: String, expected: String) {
        #expect(encoded(text) == expected)
    }

    @Test(arguments: [74, 75, 76, 77, 150, 151])
    func `a long line is broken softly`(length: Int) {
        let text = String(repeating: "x", count: length)
        let lines = encoded(text).split(separator: "\r\n", omittingEmptySubsequences: false)
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(lines.joined(separator: "\r\n").replacing("=\r\n", with: "") == text)
    }

    @Test
    func `an escape is never torn apart`() {
        for length in 70...76 {
            let lines = encoded(String(repeating: "x", count: length) + "é").split(separator: "\r\n")
            #expect(lines.allSatisfy { $0.utf8.count <= 76 })
            #expect(lines.joined().replacing("=C3", with: "").replacing("=A9", with: "").count { $0 == "=" } <= 1)
        }
    }

    /// Letters are passed over in pieces.
    @Test(arguments: 0..<25)
    func `what cannot stay is found wherever it stands`(place: Int) {
        let bytes = (UInt8.min...UInt8.max).filter { $0 != 0x0A && $0 != 0x0D }
        let texts = bytes.map { byte in
            var text = [UInt8](repeating: UInt8(ascii: "x"), count: 25)
            text[place] = byte
            return encoded(text)
        }
        let expected = bytes.map { byte in
            let isBlank = byte == 0x20 || byte == 0x09
            let stays = isBlank ? place < 24 : (0x21...0x7E).contains(byte) && byte != UInt8(ascii: "=")
            let digits = (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            let written = stays ? String(UnicodeScalar(byte)) : "=" + digits
            return String(repeating: "x", count: place) + written + String(repeating: "x", count: 24 - place)
        }
        #expect(texts == expected)
    }

    @Test(arguments: [1, 24, 25, 26, 1000, 100_000])
    func `there is room for what is all escapes`(count: Int) {
        let lines = encoded([UInt8](repeating: 0xFF, count: count)).split(separator: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(lines.joined().replacing("=FF", with: "").count { $0 == "=" } == lines.count - 1)
        #expect(lines.joined().count { $0 == "F" } == 2 * count)
    }
}
