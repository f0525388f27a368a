import CertificateDocument
import CertificateSupport
import Foundation
import TestSupport
import Testing

struct AttachmentTests {
    private let badge = AttachedFile(
        name: "badge.jwt", description: "Značka (Open Badges)", mediaType: "application/vc+jwt",
        relationship: .alternative, bytes: Array("eyJ.a.b".utf8))
    private let data = AttachedFile(
        name: "a-data.json", description: "Data", mediaType: "application/json", relationship: .data,
        bytes: Array(#"{"grade":1}"#.utf8))

    @Test func `attached files come out of the document as they went in`() async throws {
        let studio = try Studio()
        let file = try studio.draw(Studio.content(learner: "Ada"), attachments: [badge, data])
        let list = try await studio.run("pdfdetach", "-list", file)
        #expect(list == "2 embedded files\n1: a-data.json\n2: badge.jwt\n")
        for attached in [badge, data] {
            _ = try await studio.run("pdfdetach", "-savefile", attached.name, file)
            #expect(try studio.folder.text(of: attached.name) == String(decoding: attached.bytes, as: UTF8.self))
        }
        #expect(try await studio.run("qpdf", "--check", file).contains("No syntax or stream encoding errors"))
    }

    /// ISO 19005-3, 6.8 and annex E.
    @Test func `a document with files is PDF-A-3b, and its files say what they are`() async throws {
        let studio = try Studio()
        let file = try studio.draw(Studio.content(learner: "Ada"), attachments: [badge])
        _ = try await studio.run("qpdf", "--qdf", "--object-streams=disable", file, "plain.pdf")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: studio.folder.file("plain.pdf")))
        let text = String(decoding: bytes, as: UTF8.self)
        for part in [
            "<pdfaid:part>3</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>", "/AF [",
            "/AFRelationship /Alternative", "/Subtype /application#2fvc+jwt", "/Size 7",
            "/ModDate (D:20261201000000Z)", "/CheckSum <", "/F (badge.jwt)", "/UF ",
        ] { #expect(text.contains(part), "\(part)") }
        let plain = try studio.draw(Studio.content(learner: "Ada"), to: "without.pdf")
        #expect(try await studio.run("pdfdetach", "-list", plain) == "0 embedded files\n")
    }

    @Test func `the same files make the same bytes, in whichever order`() throws {
        let studio = try Studio()
        let template = try Studio.template("minimal"), content = try Studio.content(learner: "Ada")
        let first = try studio.renderer.pdf(of: content, template: template, attachments: [badge, data])
        #expect(try studio.renderer.pdf(of: content, template: template, attachments: [data, badge]) == first)
        #expect(try studio.renderer.pdf(of: content, template: template, attachments: [data]) != first)
    }
}
