import DeliveryReports
import JobTesting
import Jobs
import TestSupport
import Testing

@testable import EmailWorker

/// The way that mail goes in life: to a real server, and into a mailbox.
@Suite(
    "A real mail server",
    .enabled(if: PrivatePostfix.isAvailable, "Debian's postfix is not installed, or this is not root"),
    .timeLimit(.minutes(3)))
struct PostfixTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func run(_ payload: String, to postfix: PrivatePostfix, tls: TestCertificate? = nil) async throws -> TestRun
    {
        var settings = EmailSettings()
        settings.from = "School <no-reply@school.example>"
        settings.smtpTLS = tls.map { _ in "required" }
        settings.smtpCAFile = tls?.file
        let email = try TestJob.email(settings, ["SMTP_URL": "smtp://127.0.0.1:\(postfix.port)"], in: folder)
        return await TestJob().run(email, args: payload.utf8)
    }

    @Test
    func `a welcome mail goes encrypted into a mailbox, whole`() async throws {
        let certificate = try await TestCertificate(in: folder)
        let settings = [
            "smtpd_tls_security_level": "encrypt", "smtpd_tls_cert_file": certificate.file,
            "smtpd_tls_key_file": certificate.key, "smtpd_tls_received_header": "yes",
        ]
        let payload = #"""
            {"to":"Ada Löwe <ada@school.example>","template":"welcome",
             "data":{"name":"Ada","course":"Ünïcode","url":"https://school.example/a?b=1&c=2"}}
            """#
        try await PrivatePostfix.with(settings) { postfix in
            #expect(try await run(payload, to: postfix, tls: certificate).outcome.isSuccess)
            let mail = try await postfix.nextMail()
            #expect(mail.headers["message-id"] == "<emails.1731999999999-0@school.example>")
            #expect(mail.headers["to"] == "Ada Löwe <ada@school.example>" && mail.defects == [])
            #expect(mail.headers["received"]?.contains("TLSv1.3") == true)
            #expect(mail.parts.map(\.type) == ["text/plain", "text/html"])
            #expect(mail.parts.allSatisfy { $0.text.contains("https://school.example/a?b=1&") })
        }
    }

    @Test
    func `who is unknown is refused, and the others have it`() async throws {
        let payload = #"{"to":["ada@school.example","bob@school.example"],"subject":"Hi","text":"..\n.\nHello\n"}"#
        try await PrivatePostfix.with { postfix in
            let burial = try await run(payload, to: postfix).outcome.burial
            #expect(burial?.hasPrefix("1 of 2 recipients were refused, the first bob@school.example:") == true)
            #expect(burial?.contains("550 5.1.1") == true)
            #expect(try await postfix.nextMail().parts.first?.text == "..\n.\nHello\n")
        }
    }

    @Test
    func `what comes back later leads to its mail by the return path`() async throws {
        // It takes the mail, and finds only then that nobody is behind the address.
        let settings = [
            "virtual_alias_maps": "inline:{gone@school.example=nobody@school.example}", "recipient_delimiter": "+",
        ]
        try await PrivatePostfix.with(settings) { postfix in
            let mail = try OutgoingMail.test(token: "17-0").addressed(to: [EmailAddress("gone@school.example")])
            let transport = SMTPTransport(
                server: SMTPServer(host: "127.0.0.1", port: postfix.port, security: .none), connections: 1,
                returnPath: try ReturnPath("ada@school.example"))
            #expect(try await transport.send(mail).outcomes == [.delivered])
            let bounce = BounceMessage(try await postfix.nextMailBytes())
            let report = try #require(bounce.reports.first)
            #expect(report.mailName == "emails.17-0" && report.recipients.contains("gone@school.example"))
            #expect(report.kind == .bounced && report.status == EnhancedStatus(5, 1, 1))
        }
    }

    @Test
    func `what is too large is parked, and mail goes on over the same connection`() async throws {
        try await PrivatePostfix.with(["message_size_limit": "20000"]) { postfix in
            let transport = SMTPTransport.test(port: postfix.port)
            let large = try await transport.send(.test(text: String(repeating: "large\n", count: 10_000)))
            #expect(large.outcomes.map(OutcomeCase.Result.init) == [.park])
            for _ in 1...3 { #expect(try await transport.send(.test()).outcomes == [.delivered]) }
        }
    }
}
