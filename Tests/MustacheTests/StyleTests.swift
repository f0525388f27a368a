import Mustache
import Testing

/// Values in styles, and where none can stand.
@Suite(.timeLimit(.minutes(1)))
struct StyleTests {
    private func render(_ source: String, _ value: MustacheValue) throws -> String {
        try MustacheTemplate(source, contentType: .html).render(["x": value, "yes": true])
    }

    private func refusal(_ source: String) throws -> String? {
        let error = #expect(throws: MustacheSyntaxError.self) { try MustacheTemplate(source, contentType: .html) }
        return error?.message
    }

    @Test(arguments: [
        ("60", "60"), ("12.5px", "12.5px"), ("#3152cc", "#3152cc"), ("bold italic", "bold italic"),
        ("Größe", "Größe"), ("red;position:fixed", "red\\3b position\\3a fixed"),
        ("url(https://a.example)", "url\\28 https\\3a \\2f \\2f a.example\\29 "),
        ("expression(1)", "expression\\28 1\\29 "),
        ("\"'><script>", "\\22 \\27 \\3e \\3c script\\3e "), ("*/ } body {", "\\2a \\2f  \\7d  body \\7b "),
        ("\\3b\n&amp;", "\\5c 3b\\a \\26 amp\\3b "), ("</style><p>", "\\3c \\2f style\\3e \\3c p\\3e "),
        ("<!--@import", "\\3c \\21 --\\40 import"),
    ])
    func `in a style a value is one word, whatever it holds`(value: String, expected: String) throws {
        for place in [
            "<p style=\"width:§%\">", "<P class=x STYLE = 'color:§'>", "<p/style=\"§\">",
            "<style>p { color: § }</style>",
            "<STYLE media=\"(width < 9em)\">p { color: § }</style>", "<style>a > b { color: rgb(1 2 3) § }</style>",
            "<p style=\"background:url(a.png);color:§\">",
        ] {
            #expect(
                try render(place.replacing("§", with: "{{x}}"), .string(value)) == place.replacing("§", with: expected))
        }
        #expect(
            try render("<p style=\"{{#yes}}color:{{x}}{{/yes}}\">", .string(value)) == "<p style=\"color:\(expected)\">"
        )
    }

    @Test(arguments: [
        ("<style>p{}</style><p>{{x}}</p>", "<style>p{}</style><p>a;&lt;</p>"),
        ("<style>p{}</STYLE ><a href=\"{{x}}\">", "<style>p{}</STYLE ><a href=\"a;%3C\">"),
        ("<p style=\"color:red\" title=\"{{x}}\">", "<p style=\"color:red\" title=\"a;&lt;\">"),
        ("<styles>{{x}}", "<styles>a;&lt;"), ("<script>f()</script>{{x}}", "<script>f()</script>a;&lt;"),
    ])
    func `behind a style all is as before`(source: String, expected: String) throws {
        #expect(try render(source, "a;<") == expected)
    }

    @Test(arguments: [
        ("<p style=\"background:url({{x}})\">", "a value cannot stand in the parentheses of a style;"),
        ("<style>@import url({{x}});</style>", "a value cannot stand in the parentheses of a style;"),
        ("<img srcset=\"{{x}} 2x\">", "a value cannot stand in srcset=;"),
        ("<iframe srcdoc='{{x}}'>", "a value cannot stand in srcdoc=;"),
        ("<p onClick=\"f('{{x}}')\">", "a value cannot stand in onclick=;"),
        ("<script>var a = \"{{x}}\"</script>", "a value cannot stand in a script;"),
        ("<p title={{x}}>", "a value cannot stand in an attribute without quotes; write title=\"…\"."),
        ("<p style=width:{{x}}>", "a value cannot stand in an attribute without quotes; write style=\"…\"."),
        ("<p style=\"{{>style}}\">", "a partial cannot stand in a link, a style or a script;"),
        ("<style>{{>style}}</style>", "a partial cannot stand in a link, a style or a script;"),
        ("<script>{{>code}}</script>", "a partial cannot stand in a link, a style or a script;"),
    ])
    func `where no escaping helps the template is refused`(source: String, message: String) throws {
        #expect(try refusal(source)?.hasPrefix(message) == true)
    }
}
