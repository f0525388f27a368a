import Jobs
import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct TemplateCheckTests {
    private let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func problems(_ files: [String: String], of name: String = "hi") throws -> [String] {
        try folder.write(files)
        var settings = EmailSettings()
        settings.templates = folder.path
        let check = TemplateCheck(
            settings, Surroundings(environment: [:], dataFolder: "/nowhere", configurationFolder: "/nowhere"))
        return try check.problems(of: name).map(\.description)
    }

    private let good = [
        "hi/subject.txt": "Hi {{name}}", "hi/body.html": "{{>foot}}{{#list}}{{.}}{{/list}}",
        "hi/de/subject.txt": "Hallo",
        "hi/de/body.txt": "{{name}} {{language}}",
        "_layout/foot.html": "{{site.name}}{{#unsubscribe}}{{url}}{{/unsubscribe}}",
        "_layout/sample.json": #"{"unsubscribe":{"url":"u"}}"#, "hi/sample.json": #"{"name":"Ada","list":["a"]}"#,
    ]

    @Test
    func `a template in order has no problem`() throws { #expect(try problems(good) == []) }

    @Test
    func `a language that some templates lack is told with them`() throws {
        try folder.write(good)
        for name in ["a", "b", "c"] { try folder.write(["\(name)/subject.txt": "s", "\(name)/body.txt": "b"]) }
        try folder.write(["a/de-AT/subject.txt": "s", "a/de-AT/body.txt": "b", "b/fr/subject.txt": "s"])
        var settings = EmailSettings()
        settings.templates = folder.path
        let check = TemplateCheck(
            settings, Surroundings(environment: [:], dataFolder: "/nowhere", configurationFolder: "/nowhere"))
        let names = try check.names()
        #expect(
            try check.gaps(in: names).map(\.description) == [
                "de: 3 of 4 templates lack it: a, b, c", "de-at: 2 of 4 templates lack it: b, c",
                "fr: 3 of 4 templates lack it: a, c, hi",
            ])
        #expect(try check.gaps(in: ["hi"]) == [])
    }

    @Test(arguments: [
        ("hi/subject.txt", "Hi {{nmae}}", "hi: subject.txt, line 1: 'nmae' is not in sample.json; is it misspelt?"),
        (
            "hi/de/body.txt", "\n{{^name}}{{x.y}}{{/name}}",
            "hi (de): body.txt, line 2: 'x.y' is not in sample.json; is it misspelt?"
        ),
        (
            "_layout/foot.html", "{{foo}}",
            "hi: body.html, line 1 of the partial 'foot': 'foo' is not in sample.json; is it misspelt?"
        ),
        ("hi/sample.json", "{", "/hi/sample.json is no JSON."),
        (
            "hi/body.html", "{{#list}}",
            "/hi/body.html is wrong, line 1: the section 'list' is never closed; add {{/list}}."
        ),
        ("hi/body.html", "{{>head}}", "includes 'head', which the folder _layout does not have."),
        ("hi/body.html", "<img src=\"cid:a.png\">", "shows cid:a.png, but has no such file beside it."),
        ("hi/subject.txt", "{{#list}}{{/list}}", "hi: The subject of the mail is empty."),
        ("hi/sample.json", "[1]", "is no object"),
    ])
    func `what is wrong is told with its place`(file: String, text: String, problem: String) throws {
        let found = try problems(good.merging([file: text]) { _, new in new })
        #expect(found.contains { $0.hasSuffix(problem) || $0.contains(problem) }, "\(found)")
    }

    @Test
    func `a template without an example, or that is none, is a problem`() throws {
        #expect(
            try problems(["a/subject.txt": "s", "a/body.txt": "b"], of: "a") == [
                "a: The template has no sample.json; add an example of all its data."
            ])
        #expect(try problems(["b/body.txt": "b"], of: "b") == ["b: The template has no subject.txt; add it."])
        #expect(try problems([:], of: "nope").first?.contains("There is no template 'nope'") == true)
        #expect(try problems([:], of: "../b").first?.contains("is no template name") == true)
    }
}
