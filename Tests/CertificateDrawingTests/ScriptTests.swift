import CertificateSupport
import CertificateTemplates
import TestSupport
import Testing

/// Names in all scripts, read back as those do who cannot see them.
struct ScriptTests {
    @Test(arguments: learnerNames)
    func `a name is read back as it was written, from embedded fonts`(name: String) async throws {
        let studio = try Studio()
        for template in Studio.templates {
            let file = try studio.draw(Studio.content(learner: name), template)
            let text = try await studio.run("pdftotext", file, "-").plain
            #expect(text.contains(name.plain), "\(template): \(text)")
            #expect(text.contains("Programming the Analytical Engine") && text.contains("1 December 2026"))
            let fonts = try await studio.run("pdffonts", file).split(separator: "\n").dropFirst(2)
            #expect(!fonts.isEmpty && fonts.allSatisfy { $0.contains(" yes yes yes ") }, "\(fonts)")
        }
    }

    @Test(arguments: Studio.templates)
    func `texts of a template are in the certificate's language`(template: String) async throws {
        let studio = try Studio()
        let file = try studio.draw(Studio.content(learner: "Jürgen", language: "de-AT"), template)
        let text = try await studio.run("pdftotext", file, "-").plain
        #expect(text.contains("1. Dezember 2026") && text.contains("Gültig bis"), "\(text)")
    }

    @Test func `a letter that no font has is named`() throws {
        let studio = try Studio()
        #expect(
            throws: InvalidCertificate(
                "The learner's name has characters that no installed font of Noto has: \u{31350} (U+31350); write it in others."
            )
        ) { try studio.draw(Studio.content(learner: "Ada \u{16B00} \u{31350}")) }
    }

    @Test func `a text that cannot fit is refused`() throws {
        let studio = try Studio()
        let name = String(repeating: "Wilhelmina ", count: 27)
        #expect(
            throws: InvalidCertificate(
                "The learner's name is too long for its box in the template 'classic', even at 22.0 points; shorten it or change the template."
            )
        ) { try studio.draw(Studio.content(learner: name)) }
    }
}
