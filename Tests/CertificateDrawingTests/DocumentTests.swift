import CertificateSupport
import CertificateTemplates
import Foundation
import TestSupport
import Testing

struct DocumentTests {
    @Test(arguments: Studio.templates, [nil, PageSize.letter])
    func `a document is sound, describes itself and links to its verification`(
        template: String, page: PageSize?
    ) async throws {
        let studio = try Studio()
        let file = try studio.draw(Studio.content(learner: "Ada <&> Lovelace"), template, page: page)
        #expect(try await studio.run("qpdf", "--check", file).contains("No syntax or stream encoding errors"))
        let properties = try await studio.run("pdfinfo", "-isodates", file)
        for line in [
            "Title:           Certificate", "Author:          Analytical Academy", "CreationDate:    2026-12-01",
            "Tagged:          yes", "Pages:           1", "JavaScript:      no", "Metadata Stream: yes",
            page == nil ? "841.89 x 595.28 pts (A4)" : "792 x 612 pts (letter)",
        ] { #expect(properties.contains(line), "\(line) in \(properties)") }
        #expect(try await studio.run("pdfinfo", "-meta", file).contains("Ada &lt;&amp;&gt; Lovelace"))
        #expect(
            try await studio.run("pdfinfo", "-url", file).contains(
                "https://learn.example.org/certificates/7QF4-9KXM-2D8R"))
        let structure = try await studio.run("pdfinfo", "-struct-text", file)
        #expect(structure.contains("H1 (block)") && structure.contains("Figure") && structure.contains("Link (inline)"))
        #expect(structure.contains("\"Ada <&> Lovelace\""), "\(structure)")
    }

    /// As far as tools of Debian can tell: ISO 19005-2, 6.2.3, 6.2.8, 6.3.2, 6.6, 6.7.
    @Test(arguments: Studio.templates)
    func `a document has what PDF-A-2b asks for`(template: String) async throws {
        let studio = try Studio()
        let file = try studio.draw(Studio.content(learner: "Ada"), template)
        _ = try await studio.run("qpdf", "--qdf", "--object-streams=disable", file, "plain.pdf")
        let bytes = try Data(contentsOf: URL(fileURLWithPath: studio.folder.file("plain.pdf")))
        let text = String(decoding: bytes, as: UTF8.self)
        for part in [
            "<pdfaid:part>2</pdfaid:part>", "<pdfaid:conformance>B</pdfaid:conformance>", "/S /GTS_PDFA1",
            "/Marked true", "/Lang (en)", "/Subtype /XML", "/F 4", "/DisplayDocTitle true", "/ID [",
        ] { #expect(text.contains(part), "\(part)") }
        for part in ["/Interpolate true", "/JavaScript", "/EmbeddedFile", "/LZWDecode", "/Encrypt"] {
            #expect(!text.contains(part), "\(part)")
        }
    }

    @Test func `a screen reader is told what pictures show`() async throws {
        let studio = try Studio()
        let file = try studio.draw(Studio.content(learner: "Ada"))
        let bytes = try Data(contentsOf: URL(fileURLWithPath: studio.folder.file(file)))
        let url = "https://learn.example.org/certificates/7QF4-9KXM-2D8R".utf8.map {
            "00" + String($0, radix: 16, uppercase: true)
        }
        #expect(String(decoding: bytes, as: UTF8.self).contains("/Alt <FEFF\(url.joined())>"))
    }

    @Test(arguments: Studio.templates, [nil, PageSize.letter])
    func `a phone reads the code from the page`(template: String, page: PageSize?) async throws {
        let studio = try Studio()
        let file = try studio.draw(Studio.content(learner: "Ada"), template, page: page)
        _ = try await studio.run("pdftoppm", "-r", "110", "-png", "-singlefile", file, "page")
        let read = try await studio.run("zbarimg", "--raw", "-q", "page.png")
        #expect(read.contains("https://learn.example.org/certificates/7QF4-9KXM-2D8R"), "\(read)")
    }

    /// Colours that come back as they went in.
    @Test func `the colour profile is that of sRGB`() async throws {
        let studio = try Studio()
        let file = try studio.draw(Studio.content(learner: "Ada"))
        let script = """
            import io, re, sys, zlib
            from PIL import Image, ImageCms
            pdf = open(sys.argv[1], "rb").read()
            start = re.search(rb"/N 3 [^>]*>>\\nstream\\n", pdf).end()
            ours = ImageCms.ImageCmsProfile(io.BytesIO(zlib.decompress(pdf[start:])))
            image = Image.linear_gradient("L").convert("RGB")
            changed = ImageCms.profileToProfile(image, ours, ImageCms.createProfile("sRGB"))
            print(max(abs(a - b) for p, q in zip(image.getdata(), changed.getdata()) for a, b in zip(p, q)))
            """
        let difference = try await studio.run("/usr/bin/python3", "-c", script, file)
        #expect(try #require(Int(difference.plain)) <= 1)
    }
}
