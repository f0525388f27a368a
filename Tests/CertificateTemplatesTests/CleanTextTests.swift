import CertificateTemplates
import Testing

struct CleanTextTests {
    private static let refused: [(text: String, message: String)] = [
        ("", "It is empty; write one."), (" \u{202E}\u{0}", "It is empty; write one."),
        ("\u{301}", "It is empty; write one."),
        ("A" + String(repeating: "\u{301}", count: 7), "It has more than 6 marks on one letter; remove some."),
        ("A\u{E000}", "It has U+E000, which is no character; remove it."),
        ("A\u{FFFD}", "It has U+FFFD, which is no character; remove it."),
        (String(repeating: "a", count: 301), "It is longer than 300 characters; shorten it."),
        (String(repeating: "a", count: 10_000), "It is longer than 300 characters; shorten it."),
        (String(repeating: "\u{202E}", count: 100_000), "It is longer than 300 characters; shorten it."),
    ]

    @Test(arguments: [
        ("  Ada \t\r\n Lovelace ", "Ada Lovelace"), ("A\u{0}d\u{7}a\u{7F}", "Ada"), ("\u{202E}adA\u{202C}", "adA"),
        ("\u{2066}Ada\u{2069}\u{200F}", "Ada"), ("\u{FEFF}Ada\u{AD}", "Ada"), ("<b>&\"%%EOF", "<b>&\"%%EOF"),
        ("क्\u{200D}ष", "क्\u{200D}ष"), ("👩\u{200D}🚀", "👩\u{200D}🚀"), ("A\u{301}", "A\u{301}"), ("A\u{2028}B", "A B"),
    ])
    func `text is cleaned of what is not seen`(text: String, clean: String) throws {
        #expect(Array(try CleanText.of(text, "It").unicodeScalars) == Array(clean.unicodeScalars))
    }

    @Test(arguments: refused)
    func `text that no name has is refused`(text: String, message: String) {
        #expect(throws: InvalidCertificate(message)) { try CleanText.of(text, "It") }
    }
}
