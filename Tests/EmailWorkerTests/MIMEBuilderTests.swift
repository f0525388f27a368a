import Foundation
import Jobs
import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct MIMEBuilderTests {
    private func mail(
        subject: String = "Hi", text: String? = "Hello", html: String? = nil, to: [String] = ["ada@school.example"],
        cc: [String] = [], bcc: [String] = [], replyTo: String? = nil
    ) throws -> String {
        let message = try EmailMessage(
            from: EmailAddress("School <no-reply@school.example>"), to: to.map { try EmailAddress($0) },
            cc: cc.map { try EmailAddress($0) }, bcc: bcc.map { try EmailAddress($0) },
            replyTo: replyTo.map { try EmailAddress($0) },
            content: EmailContent(subject: subject, text: text, html: html))
        let id = try #require(JobID("emails:1731999999999-0"))
        let date = Date(timeIntervalSince1970: 1_763_719_440)
        return String(decoding: OutgoingMail(jobID: id, message: message, date: date).bytes, as: UTF8.self)
    }

    @Test
    func `a text is one part`() throws {
        #expect(
            try mail(cc: ["Bob <bob@school.example>"], bcc: ["eve@school.example"], replyTo: "help@school.example")
                == """
                Date: Fri, 21 Nov 2025 10:04:00 +0000\r
                From: School <no-reply@school.example>\r
                To: ada@school.example\r
                Cc: Bob <bob@school.example>\r
                Reply-To: help@school.example\r
                Subject: Hi\r
                Message-ID: <emails.1731999999999-0@school.example>\r
                MIME-Version: 1.0\r
                Auto-Submitted: auto-generated\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Transfer-Encoding: quoted-printable\r
                \r
                Hello\r

                """)
    }

    @Test
    func `an HTML text brings its text along`() throws {
        let mail = try mail(text: nil, html: "<p>Grüße</p>")
        #expect(
            mail.hasSuffix(
                """
                Content-Type: multipart/alternative; boundary="=_coursework_alternative"\r
                \r
                --=_coursework_alternative\r
                Content-Type: text/plain; charset=utf-8\r
                Content-Transfer-Encoding: base64\r
                \r
                R3LDvMOfZQ0K\r
                --=_coursework_alternative\r
                Content-Type: text/html; charset=utf-8\r
                Content-Transfer-Encoding: base64\r
                \r
                PHA+R3LDvMOfZTwvcD4=\r
                --=_coursework_alternative--\r

                """))
    }

    @Test(arguments: [
        ("Hi", "Subject: Hi\r\n"),
        ("Grüße", "Subject: =?UTF-8?B?R3LDvMOfZQ==?=\r\n"),
        ("two  spaces", "Subject: =?UTF-8?B?dHdvICBzcGFjZXM=?=\r\n"),
        ("=?x", "Subject: =?UTF-8?B?PT94?=\r\n"),
        ("a\u{1}b", "Subject: =?UTF-8?B?YQFi?=\r\n"),
    ])
    func `a subject is written so that it arrives as it is`(subject: String, field: String) throws {
        #expect(try mail(subject: subject).contains(field))
    }

    @Test(arguments: [
        String(repeating: "word ", count: 100) + "end", String(repeating: "Größe ", count: 50) + "e",
        String(repeating: "😀", count: 60), String(repeating: "x", count: 1500),
    ])
    func `long subjects are folded`(subject: String) throws {
        let lines = try mail(subject: subject).components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
    }

    @Test
    func `a long list of people is folded between them`() throws {
        let people = (0..<50).map { "Somebody, Number \($0) <somebody\($0)@school.example>" }
        let lines = try mail(to: people).components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 76 })
        #expect(lines.contains(#" <somebody1@school.example>, "Somebody, Number 2""#))
    }

    @Test
    func `every line break is CRLF`() throws {
        let mail = try mail(text: "a\nb\rc\r\nd", html: "<p>\na\r\n</p>")
        #expect(!mail.replacing("\r\n", with: "").contains { $0 == "\r" || $0 == "\n" })
        #expect(mail.contains("\r\na\r\nb\r\nc\r\nd\r\n"))
    }

    @Test
    func `who is named twice gets the mail once`() throws {
        let ada = try EmailAddress("Ada <ada@school.example>")
        let message = try EmailMessage(
            from: ada, to: [ada], cc: [EmailAddress("ada@school.example")], bcc: [EmailAddress("b@school.example")],
            content: EmailContent(subject: "Hi", text: "x", html: nil))
        #expect(message.recipients.map(\.address) == ["ada@school.example", "b@school.example"])
    }
}
