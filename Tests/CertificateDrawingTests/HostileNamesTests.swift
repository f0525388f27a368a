import CertificateDocument
import CertificateSupport
import CertificateTemplates
import Foundation
import TestSupport
import Testing

/// H-20: names that were written to do harm are letters like others, or refused.
struct HostileNamesTests {
    private static let parts = [
        ")", "(", "\\", "\\)", ">>", "<<", "%%EOF", "/JS (app.alert(1))", "/OpenAction", "endstream", "endobj", "EMC",
        "\nEMC\n",
        "/P << /MCID 0 >> BDC", "<script>alert(1)</script>", "<b>", "<span size='999999'>", "&amp;", "&#0;", "'", "\"",
        "uri='javascript:x'", "\\input{/etc/passwd}", "{{7*7}}", "#{1}", "%n%s", "\u{202E}", "\u{2066}", "\u{0}",
        "\u{7}", "\r\n",
        "\u{200B}", "\u{FEFF}", "🎓", "👩‍🚀", "é", "e\u{301}\u{323}", "Ada", "Ж", "محمد", "דוד", "王", "శ్రీ", "ﷺ", "ﷲ", "ﬁ",
        "\u{E000}",
        String(repeating: "\u{301}", count: 40), String(repeating: "A", count: 60),
        String(repeating: "ஔ", count: 10_000),
        "  ", "\u{1F3F4}\u{E0067}\u{E0062}\u{E0065}\u{E006E}\u{E0067}\u{E007F}", "\u{FFFF}", "𝔸", "--", "\u{2028}",
    ]

    private static func name(_ generator: inout SeededGenerator) -> String {
        (0..<Int.random(in: 1...5, using: &generator)).map { _ in parts.randomElement(using: &generator)! }.joined()
    }

    @Test func `300 hostile names are drawn as they are, or refused`() async throws {
        let studio = try Studio()
        var generator = SeededGenerator(seed: 20)
        var names: [String: String] = [:], refused = 0
        for index in 0..<300 {
            let name = Self.name(&generator)
            do {
                let content = try Studio.content(learner: name)
                let file = try studio.draw(
                    content, Studio.templates[index % 3], attachments: Self.attachments(index), to: "\(index).pdf")
                names[file] = content.learner
            } catch is InvalidCertificate {
                refused += 1
            } catch {
                Issue.record("\(name.debugDescription): \(error)")
            }
        }
        #expect(names.count > 120 && refused > 50, "\(names.count) drawn, \(refused) refused")
        let problems = try await studio.run(
            "sh", "-c",
            "for f in *.pdf; do qpdf --check $f >/dev/null 2>&1 || echo $f; pdftotext -q $f || echo $f; done")
        #expect(problems == "", "\(problems.split(separator: "\n").map { names[String($0)] ?? "" })")
        for (file, learner) in names { try check(file, learner, studio) }
    }

    /// Every other certificate carries one.
    private static func attachments(_ index: Int) -> [AttachedFile] {
        let file = AttachedFile(
            name: "ours.txt", description: "Ours", mediaType: "text/plain", relationship: .supplement,
            bytes: Array("/EmbeddedFile".utf8))
        return index % 2 == 0 ? [] : [file]
    }

    private func check(_ file: String, _ learner: String, _ studio: Studio) throws {
        let pdf = try Data(contentsOf: URL(fileURLWithPath: studio.folder.file(file)))
        let structure = Self.outsideStreams(String(decoding: pdf.map { $0 == 13 ? 32 : $0 }, as: Unicode.ASCII.self))
        for word in ["/JS", "/JavaScript", "/Launch", "/OpenAction", "/AA ", "/RichMedia"] {
            #expect(!structure.contains(word), "\(word) in \(file) of \(learner)")
        }
        let ours = Int(file.prefix(while: \.isNumber)).map { Self.attachments($0).count } ?? 0
        for word in ["/Type /EmbeddedFile ", "/Type /Filespec", "/EmbeddedFiles << /Names [ (ours.txt) ", "/EF <<"] {
            #expect(structure.components(separatedBy: word).count - 1 == ours, "\(word) in \(file) of \(learner)")
        }
        #expect(structure.components(separatedBy: "/URI (").count == 2, "\(learner)")
        #expect(structure.contains("/URI (https://learn.example.org/certificates/7QF4-9KXM-2D8R)"))
        let text = try studio.folder.text(of: file.replacingOccurrences(of: ".pdf", with: ".txt"))
        // Letters of several directions are read in an order of their own.
        let letters = Self.letters(text)
        for (letter, count) in Self.letters(learner) {
            #expect(letters[letter, default: 0] >= count, "\(letter.unicodeScalars) of \(learner) in \(text)")
        }
    }

    private static func letters(_ text: String) -> [Character: Int] {
        Dictionary(
            text.plain.precomposedStringWithCanonicalMapping.filter { $0 != " " }.map { ($0, 1) }, uniquingKeysWith: +)
    }

    private static func outsideStreams(_ pdf: String) -> String {
        pdf.components(separatedBy: "\nstream\n").enumerated().map { index, part in
            index == 0 ? part : part.components(separatedBy: "\nendstream").dropFirst().joined()
        }.joined()
    }
}
