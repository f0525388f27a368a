import JobTesting
import Jobs
import TestSupport
import Testing

@testable import EmailWorker

@Suite("SendGrid's HTTP API", .timeLimit(.minutes(1)))
struct SendGridTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private let errors = #"{"errors":[{"message":"The subject is bad","field":"subject","help":null}]}"#

    @Test
    func `a mail is handed over as the documentation has it, and the server's name for it is kept`() async throws {
        try await SendGridServer.with { server in
            var job = SendEmail(to: Recipients(addresses: ["Ada <ada@school.example>"]), subject: "Größe", text: "Hi")
            job.html = "<p>Hi</p>"
            job.cc = Recipients(addresses: ["cc@school.example", "ada@school.example"])
            job.bcc = Recipients(addresses: ["bcc@school.example"])
            job.replyTo = "help@school.example"
            let run = await TestJob().run(try SendEmailHandler.test(server.transport(in: folder), folder: folder), job)
            #expect(
                run.outcome.result.map { String(decoding: $0.json, as: UTF8.self) }
                    == #"{"messageID":"<emails.1731999999999-0@school.example>","#
                    + #""place":"127.0.0.1 as 14c5d75ce93.dfd.64b469","recipients":3}"#)
            let mail = try await server.nextMail()
            #expect(mail.personalizations.first?.to == [.init(email: "ada@school.example", name: "Ada")])
            #expect(mail.personalizations.first?.cc == [.init(email: "cc@school.example", name: nil)])
            #expect(mail.personalizations.first?.bcc == [.init(email: "bcc@school.example", name: nil)])
            #expect(mail.from.email == "no-reply@school.example" && mail.reply_to?.email == "help@school.example")
            #expect(mail.subject == "Größe" && mail.content.map(\.type) == ["text/plain", "text/html"])
            #expect(mail.headers["Message-ID"] == "<emails.1731999999999-0@school.example>")
            #expect(mail.custom_args == ["coursework_message_id": "<emails.1731999999999-0@school.example>"])
        }
    }

    @Test
    func `whether it takes mail with the key is found out without sending any`() async throws {
        try await SendGridServer.with { server in
            #expect(try await server.transport(in: folder).probe() == "127.0.0.1 takes mail with this API key.")
            let failure = await #expect(throws: TransportFailure.self) {
                try await server.transport(key: "SG.another", in: folder).probe()
            }
            guard case .loginRefused? = failure else { throw TestFailure("\(String(describing: failure))") }
            _ = try await server.transport(in: folder).send(.test())
            #expect(try await server.nextMail().subject == "Hi", "the first mail that it got")
        }
    }

    @Test
    func `those who are left get it, whatever place they had in the message`() async throws {
        try await SendGridServer.with { server in
            let ada = try EmailAddress("ada@school.example"), cc = try EmailAddress("cc@school.example")
            let message = try EmailMessage(
                from: ada, to: [ada], cc: [cc], content: EmailContent(subject: "Hi", text: "Hi", html: nil))
            let mail = OutgoingMail(jobID: JobID(queue: "emails", token: "1-0")!, message: message, date: .now)
            _ = try await server.transport(in: folder).send(mail.addressed(to: [cc]))
            #expect(
                try await server.nextMail().personalizations.first?.to == [.init(email: "cc@school.example", name: nil)]
            )
        }
    }

    private func result(_ answer: SendGridServer.Answer) async throws -> Result<[DeliveryOutcome], TransportFailure> {
        try await SendGridServer.with(answers: answer) { server in
            let (transport, mail) = (try server.transport(in: folder), try OutgoingMail.test(recipients: 2))
            do throws(TransportFailure) {
                return .success(try await transport.send(mail).outcomes)
            } catch {
                return .failure(error)
            }
        }
    }

    @Test(arguments: [400, 403, 413])
    func `a refusal of the mail is parked with the server's words`(status: Int) async throws {
        let reason = "127.0.0.1 answered \(status): The subject is bad (subject)"
        #expect(
            try await result(.init(status: status, body: errors))
                == .success(Array(repeating: .refused(reason: reason, .park), count: 2)))
    }

    @Test(arguments: [(500, ""), (503, "<html>"), (403, ""), (408, ""), (302, ""), (202 + 1, "")])
    func `a server out of order is tried again`(status: Int, body: String) async throws {
        #expect(
            try await result(.init(status: status, body: body))
                == .failure(.unavailable("127.0.0.1 answered \(status).")))
    }

    @Test
    func `one that says for how long it is away is left alone until then`() async throws {
        #expect(
            try await result(.init(status: 503, headers: ["Retry-After": "120"]))
                == .failure(.exhausted("127.0.0.1 answered 503.", retryAfter: .seconds(120))))
    }

    @Test
    func `a key that is refused is the operator's matter, and stays secret`() async throws {
        try await SendGridServer.with { server in
            let transport = try server.transport(key: "SG.wrong", in: folder)
            let failure = await #expect(throws: TransportFailure.self) { try await transport.send(.test()) }
            guard case .loginRefused(let reason) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(reason.contains("The provided authorization grant is invalid") && !reason.contains("SG."))
            try folder.write(["key": SendGridServer.key])
            _ = try await transport.send(.test())
            #expect(try await server.nextMail().subject == "Hi", "the key is read anew")
        }
    }

    @Test(arguments: [
        (["X-RateLimit-Reset": "+900"], 600...900), (["Retry-After": "17"], 17...17), ([:], 60...60),
        (["X-RateLimit-Reset": "99999999999999999"], 3600...3600),
        (["X-RateLimit-Reset": "-9223372036854775808"], 1...3600),
        (["X-RateLimit-Reset": "soon", "Retry-After": "never"], 60...60),
    ])
    func `its limit is heeded until it ends`(headers: [String: String], seconds: ClosedRange<Int64>) async throws {
        let result = try await result(
            .init(status: 429, headers: headers, body: #"{"errors":[{"field":null,"message":"too many requests"}]}"#))
        guard case .failure(.exhausted(let reason, let wait)) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(reason == "127.0.0.1 answered 429: too many requests" && seconds.contains(wait.components.seconds))
    }

    @Test
    func `a mail whose answer is missing is ambiguous`() async throws {
        let result = try await result(.init(drop: true))
        guard case .success(let outcomes) = result else {
            Issue.record("\(result)")
            return
        }
        #expect(outcomes.count == 2)
        for outcome in outcomes {
            guard case .ambiguous = outcome else {
                Issue.record("\(outcome)")
                continue
            }
        }
    }

    @Test(arguments: [
        "sendgrid://", "sendgrid+http://api.sendgrid.com", "sendgrid://user:secret@host", "sendgridx://host",
        "sendgrid://host/path", "sendgrid://ho st",
    ])
    func `what is no address of the API is refused without repeating it`(url: String) throws {
        try folder.write(["key": "x"])
        var settings = EmailSettings()
        settings.transports = [
            try TransportSettings.decoded(#"{"name":"grid","url":"\#(url)","passwordFile":"key"}"#)
        ]
        let surroundings = Surroundings(environment: [:], dataFolder: "/nowhere", configurationFolder: folder.path)
        let error = #expect(throws: InvalidSettings.self) { try settings.route(surroundings) }
        #expect(error?.description.hasPrefix("workers.email.transports.grid.url: it is no address") == true)
        #expect(error?.description.contains("secret") == false)
    }
}
