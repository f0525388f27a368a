import DeliveryReports
import Testing

@Suite("Bounces")
struct BounceMessageTests {
    /// As the servers write them, shortened.
    enum Server: String, CaseIterable, Sendable {
        case postfix, exchange, exim, qmail, sendmail, gmail, encoded
    }

    @Test(arguments: Server.allCases)
    func `of common servers say whom, why and of which mail`(server: Server) throws {
        let reports = BounceMessage(Array(Self.text(of: server).utf8)).reports
        let report = try #require(reports.first)
        #expect(reports.count == 1)
        #expect(report.kind == .bounced && report.deniesAddress, "\(report)")
        #expect(report.recipients.contains("nobody@example.org"), "\(report)")
        #expect(report.messageID == "<emails.1731999999999-0@school.example>", "\(report)")
        #expect(report.status == EnhancedStatus(5, 1, 1), "\(report)")
        #expect(report.reason?.isEmpty == false)
    }

    @Test(arguments: [
        ("To: bounces+emails.1731999999999-0@school.example", "emails.1731999999999-0"),
        ("Delivered-To: b+default.x_Y-1@school.example\nTo: b@school.example", "default.x_Y-1"),
        ("X-Original-To: <b+emails.7@school.example>", "emails.7"), ("To: bounces@school.example", nil),
        ("To: b+emails@school.example", nil), ("To: b+emails.%@school.example", nil),
        ("To: b+@school.example", nil), ("To: b@school+emails.7.example", nil), ("Subject: b+emails.7@h", nil),
    ])
    func `the address that one was sent to names the mail`(field: String, name: String?) {
        let text = """
            \(field)
            X-Failed-Recipients: nobody@example.org

            550 5.1.1 no such user
            """
        let report = BounceMessage(Array(text.utf8)).reports.first
        #expect(report?.recipients == ["nobody@example.org"] && report?.mailName == name)
    }

    @Test func `a delay, a delivery and a full mailbox are told apart from an address that does not exist`() {
        let text = """
            Content-Type: multipart/report; report-type=delivery-status; boundary=b

            --b
            Content-Type: message/delivery-status

            Reporting-MTA: dns; mx.example.org

            Final-Recipient: rfc822; a@example.org
            Action: delayed
            Status: 4.4.1

            Final-Recipient: rfc822; b@example.org
            Action: relayed
            Status: 2.0.0

            Final-Recipient: rfc822; c@example.org
            Action: failed
            Status: 5.2.2
            Diagnostic-Code: smtp; 552 5.2.2 mailbox full

            Final-Recipient: rfc822; d@example.org
            Action: failed
            Status: 5.0.0
            Diagnostic-Code: smtp; 550 message content rejected as spam
            --b--
            """
        let reports = BounceMessage(Array(text.utf8)).reports
        #expect(reports.map(\.kind) == [.delayed, .delivered, .bounced, .bounced])
        #expect(reports.map(\.deniesAddress) == [false, false, false, false])
        #expect(reports.map(\.recipients) == ["a", "b", "c", "d"].map { ["\($0)@example.org"] })
    }

    @Test func `the address that was written to is known behind a forwarding and its xtext`() throws {
        let text = """
            Content-Type: multipart/report; boundary="b b"

            --b b
            Content-Type: message/delivery-status

            Final-Recipient: rfc822;elsewhere@example.net
            Original-Recipient: rfc822;ada+2Bnews@example.org
            Action: failed
            Status: 5.1.1 (bad destination mailbox address)
            --b b--
            """
        let report = try #require(BounceMessage(Array(text.utf8)).reports.first)
        #expect(report.recipients == ["ada+2Bnews@example.org", "ada+news@example.org", "elsewhere@example.net"])
        #expect(report.messageID == nil)
    }

    @Test func `a complaint is one`() throws {
        let text = """
            Content-Type: multipart/report; report-type=feedback-report; boundary=b

            --b
            Content-Type: message/feedback-report

            Feedback-Type: abuse
            User-Agent: SomeGenerator/1.0
            Original-Rcpt-To: <ada@example.org>

            --b
            Content-Type: message/rfc822

            Message-ID: <emails.7-0@school.example>
            Subject: Weekly digest

            Hello
            --b--
            """
        let report = try #require(BounceMessage(Array(text.utf8)).reports.first)
        #expect(report.kind == .complained && report.recipients == ["ada@example.org"])
        #expect(report.messageID == "<emails.7-0@school.example>")
    }

    @Test func `ordinary mail, an out of office and rubbish report nothing`() {
        let texts = [
            "", "\n\n", "Subject: Hello\n\nHow are you?\n", "Content-Type: multipart/report; boundary=\n\n--\n",
            "Subject: Out of office\nAuto-Submitted: auto-replied\nIn-Reply-To: <emails.1-0@school.example>\n\nBack on Monday.",
            "Content-Type: multipart/report; boundary=b\n\n--b\nContent-Type: message/delivery-status\n\n:::\n;;\n",
        ]
        for text in texts { #expect(BounceMessage(Array(text.utf8)).reports == [], "\(text)") }
    }

    @Test func `parts in parts without end are read to a bound`() {
        let opening = (0..<2000).map { "Content-Type: multipart/mixed; boundary=b\($0)\n\n--b\($0)\n" }.joined()
        let many = "Content-Type: multipart/mixed; boundary=b\n\n" + String(repeating: "--b\n\nx\n", count: 5000)
        for text in [opening, many] { #expect(BounceMessage(Array(text.utf8)).reports == []) }
    }
}
