import Foundation
import Testing

@testable import EmailWorker

/// What goes into a mail is what an independent reader finds in it.
@Suite(.timeLimit(.minutes(1)))
struct MessageStructureTests {
    private let folder: TestFolder
    private let composer: TestComposer

    init() throws {
        folder = try TestFolder()
        composer = try TestComposer(folder)
    }

    private func parsed(_ job: SendEmail) async throws -> ParsedMail {
        try await ParsedMail.parse([try await composer.mail(job).bytes])[0]
    }

    private func problem(_ job: SendEmail) async -> String? {
        await #expect(throws: InvalidEmail.self) { try await composer.mail(job) }?.description
    }

    @Test(arguments: [
        "Certificate.pdf", "Zertifikat für Ädä.pdf", "日本語の証明書.pdf",
        #"a "quoted" \ name.pdf"#.replacing(#"\"#, with: ""),
        "it's 100 %; really=yes.pdf", String(repeating: "ä", count: 120) + ".pdf",
        String(repeating: "long name ", count: 20) + ".pdf", "=?UTF-8?Q?x?=.pdf", "😀.pdf",
    ])
    func `an attachment arrives with its name and every byte`(name: String) async throws {
        let bytes = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try folder.write(["storage/certificates/.keep": ""])
        try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/storage/certificates/17"))
        var job = SendEmail.plain
        job.attachments = [AttachmentReference(key: "certificates/17", name: name)]
        let mail = try await parsed(job)
        #expect(mail.structure == ["multipart/mixed", "text/plain", "application/pdf"])
        #expect(mail.parts.last?.filename == name)
        #expect(mail.parts.last?.disposition == "attachment")
        #expect(mail.parts.last?.content == Data(bytes))
        #expect(mail.defects == [] && mail.longestLine <= 78)
    }

    @Test
    func `a template's image travels beside its HTML, attachments beside both`() async throws {
        try folder.write(["storage/notes.txt": "Note G\n"])
        var job = SendEmail.plain
        (job.subject, job.text, job.template) = (nil, nil, "certificate-issued")
        job.data = ["course": "Calculus", "url": "https://school.example/c"]
        job.attachments = [AttachmentReference(key: "notes.txt")]
        let mail = try await parsed(job)
        #expect(
            mail.structure == [
                "multipart/mixed", "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
                "text/plain",
            ])
        #expect(mail.parts[2].contentID == "<seal.png@coursework>")
        #expect(mail.parts[2].disposition == "inline")
        #expect(String(decoding: mail.parts[1].content, as: UTF8.self).contains("\"cid:seal.png@coursework\""))
        #expect(String(decoding: mail.parts[3].content, as: UTF8.self) == "Note G\n")
        #expect(mail["Content-Language"] == "en" && mail.defects == [])
    }

    @Test(arguments: [
        ("../secret", "is no key in the storage"), ("/etc/passwd", "is no key in the storage"),
        ("nothing.pdf", "There is no object 'nothing.pdf' in the storage. Put it there"),
        ("large.bin", "The attachments are larger than"),
    ])
    func `what cannot be attached is refused in one sentence`(key: String, reason: String) async throws {
        try folder.write([
            "storage/large.bin": String(repeating: "x", count: AttachmentReader.maxBytes + 1), "secret": "s",
        ])
        var job = SendEmail.plain
        job.attachments = [AttachmentReference(key: key)]
        #expect(await problem(job)?.contains(reason) == true)
    }

    @Test
    func `the bound is for all attachments together`() async throws {
        try folder.write(["storage/half.bin": String(repeating: "x", count: AttachmentReader.maxBytes / 2)])
        var job = SendEmail.plain
        job.attachments = Array(repeating: AttachmentReference(key: "half.bin"), count: 2)
        #expect(try await composer.mail(job).bytes.count < OutgoingMail.maxBytes)
        job.attachments?.append(AttachmentReference(key: "half.bin"))
        #expect(await problem(job)?.contains("larger than") == true)
    }

    @Test(arguments: [
        "text", "multipart/mixed", "message/rfc822", "a/b; x=y", "a/b\r\nBcc: e@e.example", "ä/b", "/", "a/b/c",
    ])
    func `a type that is none is refused`(type: String) async throws {
        try folder.write(["storage/a": "x"])
        var job = SendEmail.plain
        job.attachments = [AttachmentReference(key: "a", type: type)]
        #expect(await problem(job)?.contains("is no type of an attachment") == true)
    }

    @Test
    func `a mail of a list can be left by one click`() async throws {
        var job = SendEmail.plain
        job.list = "weekly-digest"
        let mail = try await parsed(job)
        #expect(mail["List-Id"] == "<weekly-digest.school.example>")
        #expect(mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click")
        let link = try #require(mail["List-Unsubscribe"])
        #expect(link.hasPrefix("<https://school.example/unsubscribe?token=") && link.hasSuffix(">"))
        let tokens = UnsubscribeTokens(keys: [try .init(Array(TestComposer.key.utf8))], validFor: .seconds(1))
        let token = String(try #require(link.split(separator: "=").last).dropLast())
        #expect(
            try tokens.subscription(in: token, at: TestComposer.date)
                == Subscription(address: "ada@school.example", list: "weekly-digest"))
    }

    @Test
    func `a template of a list shows the link too, and no other does`() async throws {
        var job = SendEmail.plain
        (job.subject, job.text, job.template, job.data) = (nil, nil, "weekly-digest", ["courses": []])
        for list in [nil, "weekly-digest"] {
            job.list = list
            let mail = try await parsed(job)
            for part in mail.parts {
                let text = String(decoding: part.content, as: UTF8.self)
                #expect(text.contains("https://school.example/unsubscribe?token=") == (list != nil))
            }
        }
    }

    @Test
    func `a mail of a list goes to one reader`() async throws {
        var job = SendEmail.plain
        job.list = "weekly-digest"
        job.to = Recipients(addresses: ["ada@school.example", "bob@school.example"])
        #expect(await problem(job) == "A mail of a list goes to one reader; enqueue one job for each.")
    }

    @Test
    func `an address in any script is written so that servers understand it`() async throws {
        var job = SendEmail.plain
        job.to = Recipients(addresses: ["Jürgen <jürgen@bücher.example>"])
        let mail = try await composer.mail(job)
        #expect(mail.needsSMTPUTF8)
        #expect(mail.recipients.map(\.address) == ["jürgen@xn--bcher-kva.example"])
        #expect(try await ParsedMail.parse([mail.bytes])[0]["To"] == "Jürgen <jürgen@xn--bcher-kva.example>")
        job.to = Recipients(addresses: ["ada@bücher.example"])
        #expect(try await !composer.mail(job).needsSMTPUTF8)
    }
}
