import Jobs
import Platform
import Testing

@testable import EmailWorker

@Suite("Connections to a mail server", .timeLimit(.minutes(1)))
struct ConnectionTests {
    @Test(arguments: [1, 2, 5, 100])
    func `a connection carries as many mails as it may`(cap: Int) async throws {
        try await ScriptedServer.with(script: .quit, .sayAndHangUp("221 bye")) { server in
            let transport = SMTPTransport.test(port: server.port, mailsPerConnection: cap)
            for number in 1...10 { _ = try await transport.send(.test(token: "\(number)-0")) }
            #expect(server.connectionCount == (10 + cap - 1) / cap && server.mails.count == 10)
        }
    }

    @Test
    func `commands go together where the server takes them so, and the answers stay apart`() async throws {
        for capabilities in [["PIPELINING", "SIZE 1000000"], ["SIZE"], []] {
            try await ScriptedServer.with(capabilities, script: .recipient(2), .say("550 5.1.1 unknown")) { server in
                let transport = SMTPTransport.test(port: server.port)
                let mail = try OutgoingMail.test(recipients: 3)
                for _ in 1...2 {
                    let outcomes = try await transport.send(mail).outcomes.map(OutcomeCase.Result.init)
                    #expect(outcomes == [.delivered, .suppress, .delivered])
                }
                let size = capabilities.isEmpty || capabilities == ["PIPELINING"] ? "" : " SIZE=\(mail.bytes.count)"
                #expect(server.connectionCount == 1 && server.mails == [mail.bytes, mail.bytes])
                #expect(server.commands.count { $0 == "MAIL FROM:<ada@school.example>\(size)" } == 2)
            }
        }
    }

    @Test(arguments: [["PIPELINING"], []])
    func `a session goes on after a mail that nobody wanted`(capabilities: [String]) async throws {
        try await ScriptedServer.with(capabilities, script: .recipient(2), .say("250 fine")) { server in
            let transport = SMTPTransport.test(port: server.port)
            _ = try await transport.send(.test())
        }
        try await ScriptedServer.with(capabilities, script: .recipient(1), .say("550 5.1.1 unknown")) { server in
            let transport = SMTPTransport.test(port: server.port)
            for _ in 1...3 { _ = try await transport.send(.test()) }
            // The server of this test takes DATA without a recipient, as some do: then it gets an empty mail.
            #expect(server.connectionCount == 1 && server.mails.allSatisfy(\.isEmpty))
            #expect(server.commands.count { $0 == "RSET" } == (capabilities.isEmpty ? 3 : 0))
        }
        try await ScriptedServer.with(
            capabilities, { [.recipient(1): .say("550 no"), .data: .say("554 no valid recipients")][$0] }
        ) { server in
            let transport = SMTPTransport.test(port: server.port)
            for _ in 1...3 { _ = try await transport.send(.test()) }
            #expect(server.connectionCount == 1 && server.commands.count { $0 == "RSET" } == 3)
        }
    }

    @Test(arguments: [ScriptedServer.Action.hangUp, .sayAndHangUp("421 4.4.2 idle for too long")])
    func `a kept connection that the server closed is replaced, whatever it said`(
        action: ScriptedServer.Action
    ) async throws {
        let mails = Turns()
        try await ScriptedServer.with { moment in
            moment == .mail && mails.next() % 2 == 1 ? action : nil
        } _: { server in
            let transport = SMTPTransport.test(port: server.port)
            for _ in 1...4 {
                let delivery = try await transport.send(.test())
                #expect(delivery.outcomes == [.delivered])
            }
            #expect(server.mails.count == 4)
        }
    }

    @Test
    func `a fresh connection that is closed is the server's fault`() async throws {
        try await ScriptedServer.with(script: .mail, .hangUp) { server in
            await #expect(throws: TransportFailure.self) {
                try await SMTPTransport.test(port: server.port).send(.test())
            }
            #expect(server.connectionCount == 1)
        }
    }

    @Test
    func `a refusal in the middle of a mail is heard`() async throws {
        try await ScriptedServer.with(script: .data, .sayAndHangUp("354 go on\r\n552 5.3.4 too much")) { server in
            let outcomes = try await SMTPTransport.test(port: server.port).send(.test()).outcomes
            #expect(outcomes.map(OutcomeCase.Result.init) == [.park])
        }
    }

    @Test(arguments: [
        (SMTPCredentials.Mechanism.plain, "AUTH PLAIN"), (.login, "AUTH LOGIN"), (.xoauth2, "AUTH XOAUTH2"),
    ])
    func `each way to log in is the one that is sent`(mechanism: SMTPCredentials.Mechanism, word: String) async throws {
        let folder = try TestFolder()
        try folder.write(["token": "ya29.first"])
        let steps = Turns()
        try await ScriptedServer.with(["AUTH PLAIN LOGIN XOAUTH2 CRAM-MD5"]) { moment in
            moment == .login ? .say(steps.next() < (mechanism == .login ? 2 : 1) ? "334 " : "235 welcome") : nil
        } _: { server in
            let credentials = SMTPCredentials(
                user: "ada", source: .file(folder.path + "/token"), mechanism: mechanism)
            let transport = SMTPTransport.test(port: server.port, mailsPerConnection: 1, credentials: credentials)
            _ = try await transport.send(.test())
            #expect(server.commands.contains { $0.hasPrefix(word) }, "\(server.commands)")
        }
    }

    @Test
    func `a token that is replaced is used from the next connection on`() async throws {
        let folder = try TestFolder()
        try await ScriptedServer.with(["AUTH XOAUTH2"], script: .quit, .hangUp) { server in
            let credentials = SMTPCredentials(user: "ada", source: .file(folder.path + "/token"), mechanism: .xoauth2)
            let transport = SMTPTransport.test(port: server.port, mailsPerConnection: 1, credentials: credentials)
            for token in ["first", "second"] {
                try folder.write(["token": token])
                _ = try await transport.send(.test())
                let expected = base64("user=ada\u{1}auth=Bearer \(token)\u{1}\u{1}")
                #expect(server.commands.contains { $0.contains(expected) }, "\(server.commands)")
            }
        }
    }

    @Test(arguments: [
        ("535 5.7.8 wrong", OutcomeCase.Result.loginRefused), ("534 5.7.9 too weak", .loginRefused),
        ("454 4.7.0 later", .unavailable), ("421 4.3.0 bye", .unavailable),
    ])
    func `an account that is refused is told from a server that cannot say`(
        reply: String, result: OutcomeCase.Result
    ) async throws {
        try await ScriptedServer.with(["AUTH PLAIN"], script: .login, .say(reply)) { server in
            let credentials = SMTPCredentials(user: "ada", source: .text(Secret("hunter2")))
            let mail = try OutgoingMail.test()
            do throws(TransportFailure) {
                _ = try await SMTPTransport.test(port: server.port, credentials: credentials).send(mail)
                Issue.record("the mail was sent")
            } catch {
                #expect(OutcomeCase.Result(error) == result && !error.description.contains("hunter2"))
            }
        }
    }
}
