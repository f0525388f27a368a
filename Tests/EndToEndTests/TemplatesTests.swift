import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("templates", .inTurns)
struct TemplatesTests {
    private static let configuration =
        "{ workers: { email: { templates: \"\(Product.root)/Config/templates/email\" } } }"

    @Test func `the templates that ship are in order`() async throws {
        try await Site.with(Self.configuration, redis: nil) { site in
            let check = try await site.run("templates", "check")
            #expect(check.exit == .code(0) && check.output == "10 templates are in order.\n", "\(check)")
        }
    }

    @Test func `a template that is wrong is told with its place, and ends with 1`() async throws {
        try await Site.with("{ workers: { email: { templates: \"mail\" } } }", redis: nil) { site in
            let folder = site.folder + "/mail/hi"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
            for (name, text) in [
                ("subject.txt", "Hi {{nmae}}"), ("body.txt", "x"), ("sample.json", "{\"name\":\"Ada\"}"),
            ] {
                try Data(text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            }
            let check = try await site.run("templates", "check", "hi")
            #expect(check.exit == .code(1))
            #expect(check.output == "hi: subject.txt, line 1: 'nmae' is not in sample.json; is it misspelt?\n")
            #expect(check.errors == "coursework: 1 problem in 1 template.\n")
        }
    }

    @Test func `a preview is a mail and its HTML`() async throws {
        try await Site.with(Self.configuration, redis: nil) { site in
            let preview = try await site.run(
                "templates", "preview", "welcome", "--locale", "de", "--out", site.folder + "/out", "--args",
                #"{"name":"Jürgen","url":"https://school.example/x"}"#)
            #expect(preview.exit == .code(0), "\(preview)")
            #expect(preview.output == "\(site.folder)/out/welcome.eml\n\(site.folder)/out/welcome.html\n")
            let mail = try await site.read(mail: site.folder + "/out/welcome.eml")
            #expect(mail.headers["subject"] == "Willkommen bei Coursework, Jürgen" && mail.defects == [])
            let html = try String(contentsOfFile: site.folder + "/out/welcome.html", encoding: .utf8)
            #expect(html.contains("href=\"https://school.example/x\""))
        }
    }

    @Test(arguments: [
        (["templates"], 64), (["templates", "frobnicate"], 64), (["templates", "preview"], 64),
        (["templates", "preview", "welcome", "--args", "x"], 64), (["templates", "preview", "nothing"], 1),
        (["templates", "preview", "welcome", "--args", "{}"], 1),
    ])
    func `what makes no sense is refused`(words: [String], code: Int) async throws {
        try await Site.with(Self.configuration, redis: nil) { site in
            let finished = try await site.run(program: Product.command, words)
            #expect(finished.exit == .code(Int32(code)) && finished.output == "", "\(finished)")
        }
    }
}
