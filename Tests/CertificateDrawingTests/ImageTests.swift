import CertificateSupport
import CertificateTemplates
import Foundation
import TestSupport
import Testing

struct ImageTests {
    /// What comes first on a page, and what covers it, must leave the structure as it is.
    @Test(arguments: ["🎓", "👩‍🚀", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
    func `a name of mere emoji is read back`(name: String) async throws {
        let studio = try Studio()
        for template in Studio.templates {
            let file = try studio.draw(Studio.content(learner: name), template, page: .letter)
            #expect(try await studio.run("pdftotext", file, "-").contains(name), "\(template)")
        }
    }

    @Test func `a page of nothing but its code is read`() async throws {
        let studio = try Studio(), content = try Studio.content(learner: "Ada")
        let json5 = """
            { title: { default: "T" }, elements: [
                { type: "background", color: "#ffffff" }, { type: "qr", x: 50, y: 50, width: 99, height: 99 },
            ] }
            """
        let template = try CertificateTemplate(json5: Array(json5.utf8), name: "code", folder: studio.folder.path)
        let file = try studio.renderer.pdf(of: content, template: template)
        try Data(file).write(to: URL(fileURLWithPath: studio.folder.file("it.pdf")))
        _ = try await studio.run("qpdf", "--check", "it.pdf")
        _ = try await studio.run("pdftoppm", "-r", "144", "-png", "-singlefile", "it.pdf", "it")
        #expect(try await studio.run("zbarimg", "-q", "--raw", "it.png") == content.url + "\n")
    }

    @Test func `a signature is drawn, and nothing hostile in its place`() async throws {
        let studio = try Studio()
        let make = "from PIL import Image; Image.effect_noise((300, 100), 90).convert('LA').save('signature.png')"
        _ = try await studio.run("/usr/bin/python3", "-c", make)
        let png = [UInt8](try Data(contentsOf: URL(fileURLWithPath: studio.folder.file("signature.png"))))
        var content = try Studio.content(learner: "Ada")
        try content.set(instructor: "Charles Babbage", signature: png)
        let file = try studio.draw(content)
        #expect(try await studio.run("pdfimages", "-list", file).contains("300   100"))
        #expect(try await studio.run("pdfinfo", "-struct", file).components(separatedBy: "Figure").count == 3)
        for bytes in [
            Array(png.prefix(png.count / 2)), Array(png.prefix(40)), png.prefix(33) + Array(repeating: 255, count: 500),
        ] {
            try content.set(instructor: "Charles Babbage", signature: bytes)
            #expect(throws: InvalidCertificate("An image is damaged; save it as PNG again.")) {
                try studio.draw(content)
            }
        }
    }
}
