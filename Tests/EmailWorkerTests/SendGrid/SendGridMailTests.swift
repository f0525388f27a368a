import Foundation
import Testing

@testable import EmailWorker

/// The request's body.
@Suite(.timeLimit(.minutes(1)))
struct SendGridMailTests {
    private struct Body: Decodable {
        struct Attachment: Decodable, Equatable {
            let content: String
            let type: String
            let filename: String
            let disposition: String
            let content_id: String?
        }

        let attachments: [Attachment]?
        let headers: [String: String]
    }

    private func body(_ job: SendEmail, in folder: TestFolder) async throws -> Body {
        let mail = SendGridMail(try await TestComposer(folder).mail(job))
        return try JSONDecoder().decode(Body.self, from: JSONEncoder().encode(mail))
    }

    @Test
    func `attachments and images go along, and how to leave a list`() async throws {
        let folder = try TestFolder()
        try folder.write(["storage/notes.txt": "Note G"])
        var job = SendEmail.plain
        (job.subject, job.text, job.template) = (nil, nil, "certificate-issued")
        job.data = ["course": "Calculus", "url": "https://school.example/c"]
        job.attachments = [AttachmentReference(key: "notes.txt")]
        job.list = "certificates"
        let body = try await body(job, in: folder)
        let (image, file) = (try #require(body.attachments?.first), try #require(body.attachments?.last))
        #expect(image.content_id == "seal.png@coursework" && image.disposition == "inline")
        #expect(
            file
                == .init(
                    content: "Tm90ZSBH", type: "text/plain", filename: "notes.txt", disposition: "attachment",
                    content_id: nil))
        #expect(body.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click")
        #expect(body.headers["List-Id"] == "<certificates.school.example>")
    }

    @Test
    func `a mail without any has no empty list`() async throws {
        let body = try await body(.plain, in: TestFolder())
        #expect(body.attachments == nil && body.headers["List-Id"] == nil)
    }
}
