import Foundation
import Jobs
import Signing
import TestSupport
import Testing

@testable import EmailWorker

/// Signatures, verified by Debian's python3-dkim.
@Suite(.timeLimit(.minutes(1)))
struct DKIMTests {
    private let folder: TestFolder
    private let composer: TestComposer
    private let verifier: PythonTool

    init() async throws {
        folder = try TestFolder()
        var records: [String: String] = [:]
        var settings: [DKIMSettings] = []
        for (selector, algorithm) in [("rsa1", "rsa"), ("ed1", "ed25519")] {
            let key = try await DKIMTestKey(algorithm, file: "\(folder.path)/\(selector).pem")
            records["\(selector)._domainkey.school.example"] = "v=DKIM1; k=\(algorithm); p=\(key.publicKey)"
            settings.append(DKIMSettings(selector: selector, keyFile: key.file))
        }
        composer = try TestComposer(folder, dkim: ["school.example": settings])
        let text = String(decoding: try JSONEncoder().encode(records), as: UTF8.self)
        verifier = PythonTool(script: "verify_dkim.py", arguments: [text])
    }

    private func verify(_ mails: [[UInt8]]) async throws -> [[Bool]] { try await verifier.answers(for: mails) }

    @Test
    func `mail of every shape is signed with both keys`() async throws {
        try folder.write(["storage/notes.txt": "Note G\n"])
        var jobs = Array(repeating: SendEmail.plain, count: 7)
        jobs[1].html = "<p>Grüße,  with\t blanks </p>\n\n\n"
        jobs[2].attachments = [AttachmentReference(key: "notes.txt", name: "Anmerkungen – Note G.txt")]
        jobs[3].list = "weekly-digest"
        jobs[4].subject = String(repeating: "Ein langer Betreff über alles ", count: 10)
        jobs[5].text = "\n\n"
        jobs[6].to = Recipients(addresses: (0..<90).map { "Somebody, Number \($0) <somebody\($0)@school.example>" })
        jobs[6].replyTo = "Jürgen <jürgen@bücher.example>"
        var mails: [[UInt8]] = []
        for job in jobs { mails.append(try await composer.mail(job).bytes) }
        #expect(try await verify(mails) == Array(repeating: [true, true], count: jobs.count))
    }

    @Test
    func `what servers do to mail on its way breaks no signature`() async throws {
        let mail = String(decoding: try await composer.mail(.plain).bytes, as: UTF8.self)
        let changed = [
            "Received: from a by b; Fri, 21 Nov 2025 10:04:00 +0000\r\n" + mail,
            mail.replacing("Subject: Hi", with: "subject:  Hi "), mail + "\r\n\r\n",
            mail.replacing("Hello\r\n", with: "Hello \t\r\n"),
        ]
        #expect(
            try await verify(changed.map { Array($0.utf8) }) == Array(repeating: [true, true], count: changed.count))
    }

    @Test(arguments: [
        ("Subject: Hi", "Subject: Ho"), ("Hello", "Hullo"), ("From: School", "From: Eve"),
        ("Subject: Hi\r\n", "Subject: Hi\r\nSubject: Other\r\n"), ("Date: Fri", "From: eve@evil.example\r\nDate: Fri"),
        ("Date: Fri", "To: eve@evil.example\r\nDate: Fri"), ("Date: Fri", "Reply-To: eve@evil.example\r\nDate: Fri"),
        ("Date: Fri", "Cc: eve@evil.example\r\nDate: Fri"), ("charset=utf-8", "charset=utf-7"),
    ])
    func `a mail that was changed or added to does not verify`(old: String, new: String) async throws {
        let mail = String(decoding: try await composer.mail(.plain).bytes, as: UTF8.self)
        let changed = mail.replacing(old, with: new)
        #expect(changed != mail)
        #expect(try await verify([Array(changed.utf8)]) == [[false, false]])
    }

    @Test
    func `the closest domain above the sender's signs, another one does not`() async throws {
        var job = SendEmail.plain
        job.from = "news@mail.school.example"
        #expect(try await verify([try await composer.mail(job).bytes]) == [[true, true]])
        job.from = "news@school.example.org"
        #expect(try await verify([try await composer.mail(job).bytes]) == [[]])
    }

    @Test(arguments: [
        ("school.example", "s1", "nothing.pem", "cannot be read"),
        ("school.example", "s1", "garbage.pem", "cannot be used"),
        ("school.example", "s1", "curve.pem", "RSA and Ed25519 keys alone"),
        ("school.example", "s 1", "garbage.pem", "is no selector"), ("a b", "s1", "garbage.pem", "is no domain"),
    ])
    func `wrong settings are refused`(domain: String, selector: String, file: String, reason: String) throws {
        let curve = String(decoding: try SigningKey.generate(.p256).pem, as: UTF8.self)
        try folder.write(["garbage.pem": "no key", "curve.pem": curve])
        let surroundings = Surroundings(environment: [:], dataFolder: "/nowhere", configurationFolder: folder.path)
        let error = #expect(throws: InvalidSettings.self) {
            try DKIMSigner([domain: [DKIMSettings(selector: selector, keyFile: file)]], surroundings)
        }
        #expect(error?.description.contains(reason) == true && error?.description.contains("no key") == false)
    }
}
