import Foundation
import JobTesting
import Jobs
import Platform
import TestSupport
import Testing

@testable import EmailWorker

/// Whatever a server does about its encryption, nothing that matters goes to it in the clear (H-05).
@Suite("A server that betrays who encrypts", .timeLimit(.minutes(1)))
struct DowngradeTests {
    private struct Line: Decodable {
        let line: String?
        let encrypted: Bool?
        let closed: Bool?
    }

    private struct Betrayal: Sendable {
        let mode: String
        var host = "127.0.0.1"
        var isExpired = false
        var isTrusted = true
        let words: String
    }

    private static let betrayals = [
        Betrayal(mode: "stripped", words: "it offers no encryption"),
        Betrayal(mode: "refused", words: "454"),
        Betrayal(mode: "injected", words: "could not be used"),
        Betrayal(mode: "old", words: "could not be used"),
        Betrayal(mode: "honest", isTrusted: false, words: "its certificate is not one we trust"),
        Betrayal(mode: "honest", isExpired: true, words: "its certificate is not one we trust"),
        Betrayal(mode: "honest", host: "wrong.example", words: "its certificate is not one we trust"),
        Betrayal(mode: "honest", host: "127.0.0.2", words: "its certificate is not one we trust"),
    ]

    private let folder: TestFolder
    private let job = SendEmail(to: Recipients(addresses: ["ada@school.example"]), subject: "Hi", text: "Hello")

    init() throws { folder = try TestFolder() }

    private func run(
        _ betrayal: Betrayal
    ) async throws -> (run: TestRun, lines: [Line]) {
        let certificate = try await TestCertificate(in: folder, for: betrayal.host, isExpired: betrayal.isExpired)
        let options = ["mode": betrayal.mode, "certificate": certificate.file, "key": certificate.key]
        return try await PythonServer.with("downgrade_server.py", options: options) { port, output in
            let server = SMTPServer(
                host: "127.0.0.1", port: port, security: .startTLS,
                credentials: SMTPCredentials(user: "ada", source: .text(Secret("hunter2"))),
                certificatesFile: betrayal.isTrusted ? certificate.file : nil)
            let handler = try SendEmailHandler.test(SMTPTransport(server: server, connections: 1), folder: folder)
            let run = await TestJob().run(handler, job)
            guard !run.outcome.isSuccess else { return (run, []) }
            var lines: [Line] = []
            while let text = await output.next() {
                let line = try JSONDecoder().decode(Line.self, from: text)
                if line.closed == true { break }
                lines.append(line)
            }
            return (run, lines)
        }
    }

    @Test(arguments: betrayals)
    private func `no password and no mail goes to it, and the mail waits`(betrayal: Betrayal) async throws {
        let (run, lines) = try await run(betrayal)
        #expect(run.outcome.snooze != nil && !run.hasPausedType)
        #expect(run.log.contains { $0.level == .warning && "\($0.fields)".contains(betrayal.words) }, "\(run.log)")
        #expect(!lines.isEmpty)
        for line in lines {
            let word = line.line?.split(separator: " ").first.map(String.init)
            #expect(["EHLO", "HELO", "STARTTLS", "QUIT"].contains(word), "\(line)")
        }
    }

    @Test
    func `an honest one gets both`() async throws {
        let (run, _) = try await run(Betrayal(mode: "honest", words: ""))
        #expect(run.outcome.isSuccess)
    }
}
