import Mustache
import Testing

@testable import EmailWorker

@Suite(.timeLimit(.minutes(1)))
struct TemplateStoreTests {
    private let folder: TestFolder
    private let store: TemplateStore

    init() throws {
        folder = try TestFolder()
        store = TemplateStore(root: folder.path)
    }

    private func render(
        _ name: String, locale: String? = nil, _ data: MustacheValue = ["name": "<Ada>"]
    ) throws -> EmailContent {
        try store.template(named: name, locale: locale).render(data, shared: ["site": ["name": "S"]])
    }

    private func problem(_ name: String, locale: String? = nil) -> String? {
        #expect(throws: InvalidEmail.self) { try render(name, locale: locale) }?.description
    }

    @Test
    func `subject and text are not escaped, HTML is`() throws {
        try folder.write([
            "hi/subject.txt": " Hi {{name}} \n", "hi/body.txt": "{{name}}",
            "hi/body.html": "<p>{{name}}</p>{{subject}}",
        ])
        let content = try render("hi")
        #expect(content.subject == "Hi <Ada>")
        #expect(content.text == Array("<Ada>".utf8))
        #expect(content.html == Array("<p>&lt;Ada&gt;</p>Hi &lt;Ada&gt;".utf8))
    }

    @Test(arguments: [
        (nil, "base"), ("fr", "base"), ("de", "de"), ("de-AT", "de-AT"), ("de_at", "de-AT"), ("de-CH", "de"),
        ("de-AT-1996", "de-AT"), ("DE", "de"),
    ])
    func `the closest language is taken`(locale: String?, expected: String) throws {
        for (path, text) in [("", "base"), ("de/", "de"), ("de-AT/", "de-AT")] {
            try folder.write(["hi/\(path)subject.txt": text, "hi/\(path)body.txt": "{{language}}"])
        }
        #expect(try render("hi", locale: locale).subject == expected)
    }

    @Test
    func `a partial of the layout is taken in the closest language`() throws {
        try folder.write([
            "_layout/foot.txt": "bye {{site.name}}", "_layout/foot.html": "<i>bye</i>", "_layout/de/foot.txt": "ciao",
            "hi/subject.txt": "s", "hi/body.txt": "{{>foot}}", "hi/body.html": "{{>foot}}", "hi/de/subject.txt": "s",
            "hi/de/body.txt": "{{>foot}}", "hi/de/body.html": "{{>foot}}",
        ])
        #expect(try render("hi").text == Array("bye S".utf8))
        #expect(try render("hi", locale: "de").text == Array("ciao".utf8))
        #expect(try render("hi", locale: "de").html == Array("<i>bye</i>".utf8))
    }

    @Test(arguments: [
        "", "..", "../hi", "hi/de", "/etc", "_layout", "Hi", "hi\u{0}", "hi.", String(repeating: "a", count: 65),
    ])
    func `a name cannot lead out of the folder`(name: String) throws {
        try folder.write([
            "hi/subject.txt": "s", "hi/body.txt": "b", "_layout/subject.txt": "s", "_layout/body.txt": "b",
        ])
        #expect(problem(name)?.contains("is no template name") == true)
    }

    @Test
    func `files that are missing are named`() throws {
        try folder.write(["a/body.txt": "b", "b/subject.txt": "s", "c/subject.txt": "{{>nope}}", "c/body.txt": "b"])
        try folder.write(["d/subject.txt": "s", "d/body.txt": "b", "d/de/subject.txt": "s"])
        #expect(problem("nothing") == "There is no template 'nothing' in \(folder.path).")
        #expect(problem("a")?.contains("add a/subject.txt") == true)
        #expect(problem("b")?.contains("has neither body.html nor body.txt") == true)
        #expect(problem("c")?.contains("includes 'nope', which the folder _layout does not have") == true)
        #expect(problem("d", locale: "de")?.contains("/d/de has neither body.html nor body.txt") == true)
        #expect(try render("d").text == Array("b".utf8))
    }

    @Test
    func `a mistake in a template is reported with its file and line`() throws {
        try folder.write(["hi/subject.txt": "s", "hi/body.html": "<p>\n{{#a}}\n</p>"])
        #expect(
            problem("hi")
                == "The template file \(folder.path)/hi/body.html is wrong, line 2: "
                + "the section 'a' is never closed; add {{/a}}.")
    }

    @Test
    func `an image is taken from the closest folder and addressed as it travels`() throws {
        try folder.write([
            "hi/subject.txt": "s", "hi/body.html": "<img src=\"cid:logo.png\">{{>foot}}", "hi/logo.png": "own",
            "hi/de/subject.txt": "s", "hi/de/body.html": "<img src=\"cid:logo.png\">{{>foot}}", "hi/de/logo.png": "de",
            "_layout/logo.png": "shared", "_layout/foot.png": "foot", "_layout/foot.html": "<img src=\"cid:foot.png\">",
        ])
        let content = try render("hi")
        #expect(
            content.html == Array("<img src=\"cid:logo.png@coursework\"><img src=\"cid:foot.png@coursework\">".utf8))
        #expect(content.images.map(\.contents) == [Array("foot".utf8), Array("own".utf8)])
        #expect(try render("hi", locale: "de").images.map(\.contents) == [Array("foot".utf8), Array("de".utf8)])
    }

    @Test
    func `an image that is missing, none or too large is reported`() throws {
        for (name, image) in [("a", "nope.png"), ("b", "list.txt"), ("c", "large.png"), ("d", "../a/subject.txt")] {
            try folder.write(["\(name)/subject.txt": "s", "\(name)/body.html": "<img src=\"cid:\(image)\">"])
        }
        try folder.write(["b/list.txt": "x", "c/large.png": String(repeating: "x", count: InlineImages.maxBytes + 1)])
        #expect(problem("a")?.contains("shows cid:nope.png, but has no such file beside it") == true)
        #expect(problem("b")?.contains("is no image by its ending") == true)
        #expect(problem("c")?.contains("larger than") == true)
        #expect(problem("d")?.contains("has no such file beside it") == true)
    }

    @Test
    func `a template is read once`() throws {
        try folder.write(["hi/subject.txt": "first", "hi/body.txt": "b"])
        #expect(try render("hi").subject == "first")
        try folder.write(["hi/subject.txt": "second"])
        #expect(try render("hi").subject == "first")
    }

    @Test(arguments: ["welcome", "password-reset"], [nil, "de"])
    func `templates that ship need only a link`(name: String, locale: String?) throws {
        let shipped = TemplateStore(root: TestFolder.package + "/Config/templates/email")
        let shared = MustacheValue.object(EmailSettings().sharedData())
        let template = try shipped.template(named: name, locale: locale)
        let content = try template.render(["url": "https://school.example/x"], shared: shared)
        #expect(String(decoding: content.text, as: UTF8.self).contains("https://school.example/x"))
        let html = String(decoding: try #require(content.html), as: UTF8.self)
        #expect(html.contains("lang=\"\(locale ?? "en")\"") && html.contains("prefers-color-scheme: dark"))
        #expect(!content.subject.isEmpty)
    }
}
