import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("certificates", .inTurns)
struct CertificatesTests {
    private static let templates = "\(Product.root)/Config/templates/certificates"

    @Test func `the templates that ship are listed, and in order`() async throws {
        try await Site.with("{}", redis: nil) { site in
            let list = try await site.run("certificates", "templates", "--templates", Self.templates)
            #expect(list.exit == .code(0) && list.output == "classic\nminimal\nmodern\n", "\(list)")
            let check = try await site.run("certificates", "templates", "check", "--templates", Self.templates)
            #expect(check.exit == .code(0) && check.output == "3 templates are in order.\n", "\(check)")
        }
    }

    @Test func `a template that is wrong is told with its line, and ends with 1`() async throws {
        try await Site.with("{}", redis: nil) { site in
            let folder = site.folder + "/templates/certificates/mine"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            let template = """
                { title: "T", elements: [
                    { type: "learner", x: 10, y: 10, width: 60, height: 12, size: 11 },
                ] }
                """
            let file = folder + "/template.json5"
            try Data(template.utf8).write(to: URL(fileURLWithPath: file))
            let narrow = try await site.run("certificates", "templates", "check")
            #expect(narrow.exit == .code(1))
            #expect(narrow.output.contains("mine, in 'en': The learner's name is too long for its box"), "\(narrow)")
            try Data(template.replacing("size", with: "sise").utf8).write(to: URL(fileURLWithPath: file))
            let wrong = try await site.run("certificates", "templates", "check")
            #expect(wrong.exit == .code(1) && wrong.errors == "coursework: 1 problem found.\n")
            #expect(wrong.output.contains("template.json5:2: element 1, learner: 'sise' is not a key"), "\(wrong)")
        }
    }

    @Test func `a preview is a PDF file`() async throws {
        try await Site.with("{}", redis: nil) { site in
            let file = site.folder + "/it.pdf"
            let preview = try await site.run(
                "certificates", "preview", "modern", "--templates", Self.templates, "--learner", "సూర్య ప్రకాశ్", "--page",
                "letter", "--out", file)
            #expect(preview.exit == .code(0) && preview.output == file + "\n", "\(preview)")
            let text = try await site.run(program: "pdftotext", [file, "-"])
            #expect(text.output.contains("సూర్య ప్రకాశ్"), "\(text)")
        }
    }

    private static let mistakes: [(words: [String], code: Int32)] = [
        (["certificates"], 64), (["certificates", "issue"], 64), (["certificates", "templates", "burn"], 64),
        (["certificates", "preview", "--page", "A9", "--out", "x"], 64),
        (["certificates", "preview", "--date", "today", "--templates", templates, "--out", "x"], 64),
        (["certificates", "preview", "nothing", "--out", "x"], 1),
        (["certificates", "preview", "--learner", "\u{E000}", "--templates", templates, "--out", "x"], 1),
    ]

    @Test(arguments: mistakes)
    func `what makes no sense is refused`(words: [String], code: Int32) async throws {
        try await Site.with("{}", redis: nil) { site in
            let finished = try await site.run(program: Product.command, words)
            #expect(finished.exit == .code(code) && !finished.errors.isEmpty && finished.output == "", "\(finished)")
        }
    }

    /// What an idle worker would pay for.
    @Test func `the program is not linked with what draws`() async throws {
        try await Site.with("{}", redis: nil) { site in
            let libraries = try await site.run(program: "ldd", [Product.command])
            #expect(libraries.output.contains("libhiredis"))
            for name in ["cairo", "pango", "fontconfig", "freetype", "qrencode"] {
                #expect(!libraries.output.contains(name), "\(name)")
            }
        }
    }
}
