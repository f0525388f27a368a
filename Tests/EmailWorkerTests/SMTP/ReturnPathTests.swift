import Jobs
import Testing

@testable import EmailWorker

@Suite("The return path of mail", .timeLimit(.minutes(1)))
struct ReturnPathTests {
    @Test
    func `it names the mail, and a name that makes it too long is left out`() throws {
        let path = try ReturnPath("bounces@bücher.example")
        let job = try #require(JobID("emails:1731999999999-0"))
        #expect(path.address(for: job).address == "bounces+emails.1731999999999-0@xn--bcher-kva.example")
        let long = try #require(JobID(queue: "emails", token: String(repeating: "x", count: 60)))
        #expect(path.address(for: long).address == "bounces@xn--bcher-kva.example")
    }

    @Test(arguments: ["bounces", "a+b@school.example", "ädä@school.example", "Ada <ada@school.example>", ""])
    func `what is none is refused`(text: String) {
        #expect(throws: InvalidEmail.self) { try ReturnPath(text) }
    }

    @Test
    func `it is the envelope's sender, and no field of the mail`() async throws {
        try await ScriptedServer.with([], { _ in nil }) { server in
            let transport = SMTPTransport(
                server: SMTPServer(host: "127.0.0.1", port: server.port, security: .none), connections: 1,
                returnPath: try ReturnPath("bounces@school.example"))
            let mail = try OutgoingMail.test(token: "17-0")
            #expect(try await transport.send(mail).outcomes == [.delivered])
            #expect(server.commands.contains { $0.hasPrefix("MAIL FROM:<bounces+emails.17-0@school.example>") })
            #expect(!String(decoding: server.mails.first ?? [], as: UTF8.self).contains("bounces+"))
        }
    }
}
