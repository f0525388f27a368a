import Foundation
import JobTesting
import Jobs
import TestSupport
import Testing

@testable import EmailWorker

/// Against a real server, which hands back what Python's own mail parser makes of each mail.
@Suite(.timeLimit(.minutes(1)))
struct SMTPTransportTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func send(
        _ payload: String = #"{"to":"ada@school.example","subject":"Hi","text":"Hello"}"#, to server: SMTPTestServer,
        credentials: String = "", settings: EmailSettings = EmailSettings()
    ) async throws -> Outcome {
        try await run(payload, to: server, credentials: credentials, settings: settings).outcome
    }

    private func run(
        _ payload: String = #"{"to":"ada@school.example","subject":"Hi","text":"Hello"}"#, to server: SMTPTestServer,
        credentials: String = "", settings: EmailSettings = EmailSettings()
    ) async throws -> TestRun {
        var settings = settings
        settings.from = "School <no-reply@school.example>"
        let url = "smtp://\(credentials)127.0.0.1:\(server.port)"
        return await TestJob().run(try TestJob.email(settings, ["SMTP_URL": url], in: folder), args: payload.utf8)
    }

    private func mail(text: String, token: String = "1-0") throws -> OutgoingMail {
        try .test(text: text, token: token)
    }

    private func transport(to server: SMTPTestServer, connections: Int = 1) -> SMTPTransport {
        .test(port: server.port, connections: connections)
    }

    @Test
    func `what was sent is what arrives`() async throws {
        try await SMTPTestServer.with { server in
            let subject = "Größe, 日本語 und 😀 in einem Betreff, der für eine Zeile viel zu lang ist, und noch mehr"
            let payload = try JSONEncoder().encode([
                "to": "Ada Löwe <ada@school.example>", "cc": #""Last, First" <cc@school.example>"#,
                "bcc": "bcc@school.example", "replyTo": "help@school.example", "subject": subject,
                "text": "Line one\n.leading dot\n..two dots\n.\nтекст\n", "html": "<p>Hällo &amp; goodbye</p>\n",
            ])
            #expect(try await send(String(decoding: payload, as: UTF8.self), to: server).isSuccess)

            let mail = try await server.nextMail()
            #expect(mail.sender == "no-reply@school.example")
            #expect(mail.recipients == ["ada@school.example", "cc@school.example", "bcc@school.example"])
            let message = mail.message
            #expect(message.headers["subject"] == subject)
            #expect(message.headers["from"] == "School <no-reply@school.example>")
            #expect(message.headers["to"] == "Ada Löwe <ada@school.example>")
            #expect(message.headers["cc"] == #""Last, First" <cc@school.example>"#)
            #expect(message.headers["reply-to"] == "help@school.example")
            #expect(message.headers["bcc"] == nil)
            #expect(message.headers["message-id"] == "<emails.1731999999999-0@school.example>")
            #expect(message.headers["auto-submitted"] == "auto-generated")
            #expect(message.type == "multipart/alternative")
            #expect(message.parts.map(\.type) == ["text/plain", "text/html"])
            #expect(message.parts[0].text == "Line one\r\n.leading dot\r\n..two dots\r\n.\r\nтекст\r\n")
            #expect(message.parts[1].text == "<p>Hällo &amp; goodbye</p>\r\n")
            #expect(message.defects == [])
            #expect(message.longestLine <= 76)
        }
    }

    @Test
    func `lines that begin with dots arrive byte for byte`() async throws {
        try await SMTPTestServer.with { server in
            let dots = (0..<3000).map { String(repeating: ".", count: $0 % 5) + "line \($0)" }
            let mail = try mail(text: ".first\n.\n..\n" + dots.joined(separator: "\n") + "\n.\n")
            _ = try await transport(to: server).send(mail)
            #expect([UInt8](try await server.nextMail().message.raw) == mail.bytes)
        }
    }

    @Test
    func `one connection carries many mails`() async throws {
        try await SMTPTestServer.with { server in
            let transport = transport(to: server)
            for number in 1...5 { _ = try await transport.send(mail(text: "x", token: "\(number)-0")) }
            let events = try await server.events(untilMails: 5)
            #expect(events.count { $0.connection != nil } == 1)
        }
    }

    @Test
    func `no more connections are opened than allowed`() async throws {
        try await SMTPTestServer.with { server in
            let transport = transport(to: server, connections: 3)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...30 {
                    let mail = try mail(text: "x", token: "\(number)-0")
                    group.addTask { _ = try await transport.send(mail) }
                }
                try await group.waitForAll()
            }
            let events = try await server.events(untilMails: 30)
            #expect((1...3).contains(events.count { $0.connection != nil }))
            let ids = Set(events.compactMap { $0.mail?.message.headers["message-id"] })
            #expect(ids.count == 30)
        }
    }

    @Test
    func `a kept connection that the server closed is replaced`() async throws {
        try await SMTPTestServer.with(["drop": "idle"]) { server in
            let transport = transport(to: server)
            for number in 1...3 { _ = try await transport.send(mail(text: "x", token: "\(number)-0")) }
            let events = try await server.events(untilMails: 3)
            #expect(events.count { $0.connection != nil } == 3)
        }
    }

    @Test
    func `a kept encrypted connection that the server closed is replaced`() async throws {
        let certificate = try await TestCertificate(in: folder)
        let options = ["drop": "idle", "tls": "implicit", "certificate": certificate.file, "key": certificate.key]
        try await SMTPTestServer.with(options) { server in
            let target = SMTPServer(
                host: "127.0.0.1", port: server.port, security: .implicit, certificatesFile: certificate.file)
            let transport = SMTPTransport(server: target, connections: 1)
            for number in 1...3 { _ = try await transport.send(mail(text: "x", token: "\(number)-0")) }
            let events = try await server.events(untilMails: 3)
            #expect(events.count { $0.connection != nil } == 3)
        }
    }

    @Test(arguments: [
        ("mail", "550 5.7.1 We do not take your mail"), ("rcpt", "550 5.1.1 No such user"),
        ("data", "554 5.6.0 Looks like spam"),
    ])
    func `a permanent refusal buries the job with the server's words`(stage: String, reply: String) async throws {
        try await SMTPTestServer.with([stage: reply]) { server in
            let outcome = try await send(to: server)
            #expect(outcome.burial == "The mail server answered \(reply).")
        }
    }

    @Test(arguments: [
        ("mail", "451 4.3.0 Try again"), ("rcpt", "450 4.2.0 Greylisted"), ("data", "452 4.3.1 Disk full"),
    ])
    func `a temporary refusal is tried again`(stage: String, reply: String) async throws {
        try await SMTPTestServer.with([stage: reply]) { server in
            let outcome = try await send(to: server)
            #expect(outcome.retryReason == "The mail server answered \(reply).")
        }
    }

    @Test
    func `a mail whose answer was lost is told apart`() async throws {
        try await SMTPTestServer.with(["drop": "data"]) { server in
            let delivery = try await transport(to: server).send(mail(text: "x"))
            #expect(delivery.isUnanswered)
            let outcome = try await send(to: server)
            #expect(outcome.retryReason?.contains("may have been delivered") == true)
        }
    }

    @Test
    func `a server that is not there is tried again, and no attempt is burnt`() async throws {
        let port = try ClosedPort()
        await #expect(
            throws: TransportFailure.unavailable(
                "The mail server smtp://127.0.0.1:\(port.number) could not be used: Couldn't connect to server.")
        ) {
            try await SMTPTransport.test(port: port.number).send(mail(text: "x"))
        }
        withExtendedLifetime(port) {}
    }

    @Test
    func `a job that was cancelled sends nothing`() async throws {
        try await SMTPTestServer.with { server in
            let transport = transport(to: server)
            let mail = try mail(text: "x")
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await transport.send(mail)
            }
            await #expect(throws: TransportFailure.cancelled) { try await task.value }
        }
    }

    @Test
    func `credentials open the door, wrong ones are the operator's matter and stay secret`() async throws {
        try await SMTPTestServer.with(["auth": "ada:p@ss word"]) { server in
            #expect(try await send(to: server, credentials: "ada:p%40ss%20word@").isSuccess)
            #expect(try await server.nextMail().user == "ada")

            for credentials in ["ada:hunter2@", ""] {
                let run = try await run(to: server, credentials: credentials)
                #expect(run.outcome.snooze != nil && run.hasPausedType)
                let critical = run.log.filter { $0.level == .critical }.map { "\($0.message) \($0.fields)" }
                #expect(critical.count == 2 && critical[0].contains(credentials.isEmpty ? "530" : "535"))
                #expect(critical[1].contains("coursework resume emails --type email.send"))
                #expect(!run.log.contains { "\($0.message) \($0.fields)".contains("hunter2") })
            }
        }
    }

    @Test(arguments: ["starttls", "implicit"])
    func `an encrypted server is used when its certificate is trusted`(tls: String) async throws {
        let certificate = try await TestCertificate(in: folder)
        let options = ["tls": tls, "certificate": certificate.file, "key": certificate.key]
        try await SMTPTestServer.with(options) { server in
            let security: SMTPServer.Security = tls == "implicit" ? .implicit : .startTLS
            var target = SMTPServer(host: "127.0.0.1", port: server.port, security: security)
            let failure = await #expect(throws: TransportFailure.self) {
                try await SMTPTransport(server: target, connections: 1).send(mail(text: "untrusted"))
            }
            #expect(failure?.description.contains("its certificate is not one we trust") == true)

            target.certificatesFile = certificate.file
            _ = try await SMTPTransport(server: target, connections: 1).send(mail(text: "trusted"))
            let received = try await server.nextMail()
            #expect(received.encrypted)
            #expect(received.message.parts.first?.text == "trusted\r\n")
        }
    }

    @Test
    func `no mail and no password goes to a server that cannot encrypt`() async throws {
        try await SMTPTestServer.with(["auth": "ada:secret"]) { server in
            var settings = EmailSettings()
            settings.smtpTLS = "required"
            let run = try await run(to: server, credentials: "ada:secret@", settings: settings)
            #expect(run.outcome.snooze != nil)
            #expect(run.log.contains { "\($0.fields)".contains("it offers no encryption (STARTTLS)") })
        }
    }
}
