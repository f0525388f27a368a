import CertificateSupport
import CertificateTemplates
import TestSupport
import Testing

/// What certificates of one course have in common is drawn once for all of them.
struct SharedTextsTests {
    @Test(arguments: learnerNames)
    func `a course's title is read back as it was written, in its place among the texts`(title: String) async throws {
        let studio = try Studio()
        for learner in ["Ada", "Grace"] {
            let file = try studio.draw(Studio.content(learner: learner, course: title), "minimal")
            _ = try await studio.run("qpdf", "--check", file)
            let text = try await studio.run("pdftotext", file, "-").plain
            #expect(text.contains(title.plain), "\(text)")
            let fonts = try await studio.run("pdffonts", file).split(separator: "\n").dropFirst(2)
            #expect(fonts.allSatisfy { $0.contains(" yes yes yes ") }, "\(fonts)")
            let spoken = try await studio.run("pdfinfo", "-struct", file).split(separator: "\n")
            let tags = spoken.map { $0.split(separator: " ").first.map(String.init) ?? "" }
            #expect(
                tags == ["Document", "H1"] + Array(repeating: "P", count: 8) + ["Figure", "P", "Link", "Object", "P"])
        }
    }

    @Test(arguments: [
        "/f-0-0 1 Tf", "EMC EMC", "/P << /MCID 0 >> BDC", "9 0 R", ") Tj q 2 0 0 2 0 0 cm", "/a0 gs", "\\",
    ])
    func `a title of operators is letters like others`(title: String) async throws {
        let studio = try Studio()
        let file = try studio.draw(Studio.content(learner: "Ada", course: title), "modern")
        _ = try await studio.run("qpdf", "--check", file)
        #expect(try await studio.run("pdftotext", file, "-").contains(title))
    }

    @Test func `the bytes are the same, whether the texts were drawn for another, or forgotten since`() throws {
        let studio = try Studio(), template = try Studio.template("minimal")
        let ada = try Studio.content(learner: "Ada"), first = try studio.renderer.pdf(of: ada, template: template)
        _ = try studio.renderer.pdf(of: Studio.content(learner: "Grace"), template: template)
        #expect(try studio.renderer.pdf(of: ada, template: template) == first)
        for number in 1...70 {
            _ = try studio.renderer.pdf(of: Studio.content(learner: "Ada", course: "\(number)"), template: template)
        }
        #expect(try studio.renderer.pdf(of: ada, template: template) == first)
    }

    @Test func `a grade of one learner is none of another's`() async throws {
        let studio = try Studio()
        var content = try Studio.content(learner: "Ada")
        for grade in ["A", "With distinction", "Passed"] {
            try content.set(grade: grade)
            let text = try await studio.run("pdftotext", studio.draw(content, "minimal"), "-")
            #expect(text.split(separator: "\n").contains { $0 == grade }, "\(text)")
        }
    }
}
