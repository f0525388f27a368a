import Foundation
import TestSupport
import Testing

@testable import EmailWorker

/// Nothing that a producer or a learner writes adds a field, a recipient or a part: it arrives as it is, or the mail is
/// refused.
@Suite("H-04 header injection", .timeLimit(.minutes(2)))
struct InjectionTests {
    private let folder: TestFolder
    private let composer: TestComposer

    init() throws {
        folder = try TestFolder()
        composer = try TestComposer(folder)
        try folder.write(["storage/a.txt": "attached"])
    }

    @Test(arguments: HostileField.allCases)
    func `no text adds anything to a mail`(field: HostileField) async throws {
        let texts = HostileText.all
        #expect(texts.count >= 500)
        let expected = try await ParsedMail.parse([try await composer.mail(field.job("plain")).bytes])[0]
        var built: [(text: String, mail: OutgoingMail)] = []
        for text in texts {
            do {
                built.append((text, try await composer.mail(field.job(text))))
            } catch let refusal as InvalidEmail {
                #expect(refusal.description.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F }, "\(text.debugDescription)")
                #expect(refusal.description.utf8.count < 1000)
            }
        }
        let parsed = try await ParsedMail.parse(built.map(\.mail.bytes))
        try #require(parsed.count == built.count)
        for ((text, mail), found) in zip(built, parsed) {
            let hint = Comment(rawValue: text.debugDescription)
            #expect(mail.recipients.count == 1, hint)
            #expect(found.names == expected.names, hint)
            #expect(found.structure == expected.structure && found.defects == [], hint)
            #expect(found.longestLine <= 998, hint)
            if field != .templateData { #expect(found.parts[0].content == Data("Hello\r\n".utf8), hint) }
            if let value = field.value(in: found) { #expect(value == text, hint) }
        }
    }

    @Test
    func `ten thousand random bodies arrive byte for byte`() async throws {
        var random = SeededGenerator(seed: 0x04)
        var bodies: [String] = []
        var mails: [[UInt8]] = []
        for _ in 0..<10_000 {
            let body = HostileText.randomBody(&random)
            var job = SendEmail.plain
            job.text = body
            bodies.append(body)
            mails.append(try await composer.mail(job).bytes)
        }
        let found: [Data] = try await PythonTool(script: "parse_mails.py", arguments: ["bodies"]).answers(for: mails)
        try #require(found.count == bodies.count)
        for (body, found) in zip(bodies, found) {
            #expect([UInt8](found) == BodyEncoding.withNetworkLineBreaks(Array(body.utf8)), "\(body.debugDescription)")
        }
    }

    @Test
    func `ten thousand random bodies pass a server byte for byte`() async throws {
        var random = SeededGenerator(seed: 0x40)
        try await SMTPTestServer.with { server in
            let transport = SMTPTransport.test(port: server.port)
            for _ in 0..<50 {
                var job = SendEmail.plain
                job.text = (0..<200).map { _ in HostileText.randomBody(&random) }.joined()
                let mail = try await composer.mail(job)
                _ = try await transport.send(mail)
                #expect([UInt8](try await server.nextMail().message.raw) == mail.bytes)
            }
        }
    }
}
