import Mustache
import Testing

/// Values in attributes that hold links.
@Suite(.timeLimit(.minutes(1)))
struct LinkTests {
    private func render(_ source: String, _ value: MustacheValue) throws -> String {
        try MustacheTemplate(source, contentType: .html).render(["x": value, "yes": true])
    }

    @Test(arguments: [
        ("https://a.example/?b=1&c='2'", "https://a.example/?b=1&amp;c=%272%27"),
        ("HTTP://a.example", "HTTP://a.example"),
        ("mailto:ada@school.example", "mailto:ada@school.example"), ("/courses/17#top", "/courses/17#top"),
        ("courses:17", "#"), ("?next=a:b", "?next=a:b"), (" https://a.example ", "https://a.example"),
        ("https://a.example/a b\"<>", "https://a.example/a%20b%22%3C%3E"),
        ("https://a.example/ä%20%zz", "https://a.example/%C3%A4%20%25zz"),
        ("javascript:alert(1)", "#"), ("JavaScript:alert(1)", "#"), ("\tjavascript:alert(1)", "#"),
        ("java\nscript:alert(1)", "#"), ("\u{1}javascript:alert(1)", "#"),
        ("javascript&colon;alert(1)", "javascript&amp;colon;alert(1)"),
        ("data:text/html,<script>", "#"), ("vbscript:x", "#"), (":alert(1)", "#"), ("", ""),
    ])
    func `a link leads somewhere or is none`(value: String, expected: String) throws {
        for attribute in ["<a href=\"*\">", "<a class=\"x\" HREF = '*'>", "<img src=\"*\">", "<form x action=\"*\">"] {
            let output = try render(attribute.replacing("*", with: "{{x}}"), .string(value))
            #expect(output == attribute.replacing("*", with: expected))
        }
    }

    @Test(arguments: [
        ("<a href={{x}}>", "<a href=#>"), ("<a href=\"{{#yes}}{{x}}{{/yes}}\">", "<a href=\"#\">"),
        ("<a href=\"{{#no}}https://a{{/no}}{{x}}\">", "<a href=\"#\">"),
        ("<a href=\"https://a.example/{{x}}\">", "<a href=\"https://a.example/javascript%3A%22%2F%3F%26\">"),
        ("<a title=\"{{x}}\">{{x}}", "<a title=\"javascript:&quot;/?&amp;\">javascript:&quot;/?&amp;"),
        ("<a href=\"#\" title=\"{{x}}\">", "<a href=\"#\" title=\"javascript:&quot;/?&amp;\">"),
        ("<p>href=\"{{x}}\"", "<p>href=\"javascript:&quot;/?&amp;\""),
        ("1 < 2 href=\"{{x}}\"", "1 < 2 href=\"javascript:&quot;/?&amp;\""),
        ("<a href=\"{{{x}}}\">", "<a href=\"javascript:\"/?&\">"),
    ])
    func `where a value stands decides how it is written`(source: String, expected: String) throws {
        #expect(try render(source, "javascript:\"/?&") == expected)
    }

    @Test(arguments: ["<a href=\"{{>link}}\">", "<a href=\"https://a.example/{{>link}}\">", "<img src={{>link}}>"])
    func `a partial cannot stand in a link`(source: String) throws {
        let error = #expect(throws: MustacheSyntaxError.self) { try MustacheTemplate(source, contentType: .html) }
        #expect(error?.message == "a partial cannot stand in a link, a style or a script; write it out.")
        _ = try MustacheTemplate("<p title=\"{{>title}}\">{{>text}}</p>", contentType: .html)
    }

    @Test
    func `what a value holds is never read as a template`() throws {
        let text = "{{7*7}} {{x}} {{{x}}} #{7*7} ${7*7} %n <%= 7*7 %>"
        let output = try MustacheTemplate("{{x}}", contentType: .text).render(["x": .string(text)])
        #expect(output == text)
    }
}
