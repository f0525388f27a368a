import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct QuotedPrintableTests {
    private func encoded(_ text: String) -> String {
        var output: [UInt8] = []
        QuotedPrintable.append(Array(text.utf8), to: &output)
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
}
