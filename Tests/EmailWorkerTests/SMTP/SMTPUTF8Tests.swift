import Testing

@testable import EmailWorker

/// Addresses that are not ASCII before the `@` (RFC 6531).
@Suite(.timeLimit(.minutes(1)))
struct SMTPUTF8Tests {
    private func mail() async throws -> OutgoingMail {
        var job = SendEmail.plain
        job.to = Recipients(addresses: ["Jürgen <jürgen@bücher.example>", "ada@school.example"])
        return try await TestComposer(try TestFolder()).mail(job)
    }

    @Test
    func `a server that takes them gets the mail`() async throws {
        try await SMTPTestServer.with(["smtputf8": "yes"]) { server in
            let delivery = try await SMTPTransport.test(port: server.port).send(try await mail())
            #expect(delivery.outcomes == [.delivered, .delivered])
            let received = try await server.nextMail()
            #expect(received.recipients == ["jürgen@xn--bcher-kva.example", "ada@school.example"])
            #expect(received.message.headers["to"]?.contains("jürgen@xn--bcher-kva.example") == true)
        }
    }

    @Test
    func `at a server that does not it is parked, and the connection serves the next mail`() async throws {
        try await SMTPTestServer.with { server in
            let transport = SMTPTransport.test(port: server.port)
            let delivery = try await transport.send(try await mail())
            let reason = "The mail server takes no addresses in other scripts (SMTPUTF8), and one of this mail is."
            #expect(delivery.outcomes == Array(repeating: .refused(reason: reason, .park), count: 2))
            #expect(try await transport.send(.test()).outcomes == [.delivered])
            #expect(try await server.events(untilMails: 1).count { $0.connection != nil } == 1)
        }
    }
}
