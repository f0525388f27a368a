import Mustache
import Testing

@Suite(.timeLimit(.minutes(1)))
struct MustacheTemplateTests {
    @Test
    func `an HTML template escapes and a text template does not`() throws {
        let data: MustacheValue = ["name": "<Tom> & \"Jerry's\""]
        let html = try MustacheTemplate("{{name}}|{{{name}}}|{{&name}}", contentType: .html)
        let text = try MustacheTemplate("{{name}}", contentType: .text)
        #expect(
            try html.render(data)
                == "&lt;Tom&gt; &amp; &quot;Jerry&#39;s&quot;|<Tom> & \"Jerry's\"|<Tom> & \"Jerry's\"")
        #expect(try text.render(data) == "<Tom> & \"Jerry's\"")
    }

    @Test
    func `the rendered template decides the escaping of its partials`() throws {
        let partial = try MustacheTemplate("{{name}}", contentType: .text)
        let html = try MustacheTemplate("{{>who}}", contentType: .html)
        #expect(try html.render(["name": "<b>"], partials: ["who": partial]) == "&lt;b&gt;")
    }

    @Test(
        arguments: [
            ("{{#a}}\n{{b}}", 1, "the section 'a' is never closed; add {{/a}}."),
            ("x\n\n{{/a}}", 3, "'a' is closed but was never opened; remove the tag."),
            ("{{#a}}\n{{#b}}\n{{/a}}", 3, "'a' is closed where 'b' is open; write {{/b}} first."),
            ("one\n{{two", 2, "the tag is not closed; add }}."),
            ("{{{two}}", 1, "the tag is not closed; add }}}."),
            ("{{=<% =}}", 1, "set the delimiters as two texts without '=', for example {{=<% %>=}}."),
            ("{{=<% %>=}}\n<%#a%>", 2, "the section 'a' is never closed; add <%/a%>."),
            ("{{}}", 1, "the tag has no name; write one, for example {{name}}."),
            ("{{a..b}}", 1, "'a..b' is no name; write it as name or as person.name."),
            ("{{", 1, "the tag is not closed; add }}."),
        ])
    func `a syntax error names its line and what to do`(source: String, line: Int, message: String) {
        let error = #expect(throws: MustacheSyntaxError.self) { try MustacheTemplate(source, contentType: .text) }
        #expect(error?.line == line)
        #expect(error?.message == message)
    }

    @Test
    func `a partial that includes itself ends in an error`() throws {
        let loop = try MustacheTemplate("{{>loop}}{{>loop}}", contentType: .text)
        #expect(throws: MustacheRenderError.tooDeep(partial: "loop")) {
            try loop.render([:], partials: ["loop": loop])
        }
    }

    @Test
    func `a partial may follow nested data`() throws {
        let tree = try MustacheTemplate("{{name}}({{#children}}{{>tree}}{{/children}})", contentType: .text)
        let data: MustacheValue = [
            "name": "a", "children": [["name": "b", "children": []], ["name": "c", "children": []]],
        ]
        #expect(try tree.render(data, partials: ["tree": tree]) == "a(b()c())")
    }

    @Test
    func `sections nested too deeply are refused when the template is parsed`() {
        let source = String(repeating: "{{#a}}", count: 101) + String(repeating: "{{/a}}", count: 101)
        #expect(throws: MustacheSyntaxError.self) { try MustacheTemplate(source, contentType: .text) }
    }

    @Test
    func `output without an end is refused`() throws {
        let template = try MustacheTemplate("{{#l}}{{#l}}{{#l}}{{text}}{{/l}}{{/l}}{{/l}}", contentType: .text)
        let data: MustacheValue = [
            "l": .list(Array(repeating: true, count: 100)), "text": .string(String(repeating: "x", count: 1000)),
        ]
        #expect(throws: MustacheRenderError.tooLong) { try template.render(data) }
    }

    @Test
    func `a name that nobody gave is refused where that is asked for`() throws {
        let template = try MustacheTemplate("{{#name}}Hi {{name}}{{/name}} {{link.url}}", contentType: .text)
        #expect(try template.render([:]) == " ")
        #expect(throws: MustacheRenderError.missing("link.url")) { try template.render([:], absent: .refused) }
        #expect(try template.render(["link": ["url": .null]], absent: .refused) == " ")
        #expect(throws: MustacheRenderError.notText("link.url")) {
            try template.render(["link": ["url": [1]]], absent: .refused)
        }
    }

    @Test(arguments: [MustacheValue.null, false, 0, "", []])
    func `sections stay closed for empty values`(value: MustacheValue) throws {
        let template = try MustacheTemplate("{{#a}}open{{/a}}{{^a}}closed{{/a}}", contentType: .text)
        #expect(try template.render(["a": value]) == "closed")
    }

    @Test
    func `lines of an indented partial are indented, lines of its values are not`() throws {
        let inner = try MustacheTemplate("1\n2\n", contentType: .text)
        let outer = try MustacheTemplate("a\n  {{>inner}}\n{{text}}b\n", contentType: .text)
        let root = try MustacheTemplate("-\n {{>outer}}\n-", contentType: .text)
        let output = try root.render(["text": "x\ny"], partials: ["outer": outer, "inner": inner])
        #expect(output == "-\n a\n   1\n   2\n x\nyb\n-")
    }

    @Test
    func `names of included partials are known before rendering`() throws {
        let template = try MustacheTemplate("{{>header}} {{#a}}{{> footer }}{{/a}}", contentType: .text)
        #expect(template.partialNames == ["header", "footer"])
    }

    @Test
    func `rendering appends to the buffer it is given`() throws {
        var buffer = Array("before ".utf8)
        try MustacheTemplate("after", contentType: .text).render(in: [], into: &buffer)
        #expect(String(decoding: buffer, as: UTF8.self) == "before after")
    }
}
