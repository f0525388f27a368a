import CertificateTemplates
import Testing

struct ContentTests {
    private func content(code: String = "7QF4-9KXM", url: String = "https://a.example/c?x=1") throws
        -> CertificateContent
    {
        try CertificateContent(
            learner: "Ada", course: "C", issuer: "I", date: #require(CertificateDate("2026-12-01")), code: code,
            url: url)
    }

    @Test(arguments: ["", "abc", "a b c d", "ab'cd", "äöüß", String(repeating: "a", count: 65)])
    func `a code is letters, digits and hyphens`(code: String) {
        #expect(throws: InvalidCertificate.self) { try content(code: code) }
    }

    @Test(arguments: [
        "", "https://", "ftp://a.example", "javascript:alert(1)", "https://a.example/'", "https://a.example/\\",
        "https://a.example/ ", "https://ä.example", "https://a.example/<",
        "https://a/" + String(repeating: "a", count: 500),
    ])
    func `a URL is plain`(url: String) {
        #expect(throws: InvalidCertificate.self) { try content(url: url) }
    }

    @Test func `what is no image, or a huge one, is refused before it is decoded`() throws {
        var content = try content()
        let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        for bytes in [[], Array("GIF89a".utf8), png, png + [0, 1, 0, 0, 0, 0, 0, 1, 8, 6, 0, 0, 0]] {
            #expect(throws: InvalidCertificate.self) { try content.set(instructor: "B", signature: bytes) }
        }
        #expect(throws: InvalidCertificate.self) { try content.set(language: "en'><x") }
    }

    @Test(arguments: [
        "2026-02-29", "2026-13-01", "2026-00-10", "26-01-01", "2026-1-1", "2026-01-01T", "٢٠٢٦-٠١-٠١", "",
    ])
    func `what is no day is none`(text: String) { #expect(CertificateDate(text) == nil) }

    @Test(arguments: [
        ("en", "1 December 2026"), ("en-US", "December 1, 2026"), ("de-AT", "1. Dezember 2026"),
        ("es", "1 de diciembre de 2026"), ("fr", "1 décembre 2026"), ("ja", "2026年12月1日"), ("ko", "2026년 12월 1일"),
        ("vi", "1 tháng 12, 2026"), ("th", "1 ธันวาคม ค.ศ. 2026"), ("ar", "1 ديسمبر 2026"), ("te", "1 డిసెంబర్, 2026"),
        ("xx", "2026-12-01"),
    ])
    func `a day is written out in its language`(language: String, text: String) throws {
        #expect(try #require(CertificateDate("2026-12-01")).text(in: language) == text)
    }
}
