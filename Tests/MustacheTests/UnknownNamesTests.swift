import Mustache
import Testing

@Suite(.timeLimit(.minutes(1)))
struct UnknownNamesTests {
    private let sample: MustacheValue = ["name": "Ada", "site": ["url": "u"], "items": [["title": "t"]], "none": []]

    private func unknown(_ source: String, partials: [String: String] = [:]) throws -> [String] {
        let partials = try partials.mapValues { try MustacheTemplate($0, contentType: .text) }
        return try MustacheTemplate(source, contentType: .text).unknownNames(in: [sample], partials: partials)
            .map(\.description)
    }

    @Test
    func `names of the sample are known wherever they stand`() throws {
        #expect(try unknown("{{name}}{{site.url}}{{#items}}{{title}}{{name}}{{/items}}{{#site}}{{url}}{{/site}}") == [])
        #expect(
            try unknown("{{#none}}{{anything}}{{/none}}{{#name}}{{.}}{{/name}}{{^name}}{{site.url}}{{/name}}") == [])
    }

    @Test(arguments: [
        ("a\n{{nmae}}", "line 2: 'nmae'"), ("{{site.name}}", "line 1: 'site.name'"), ("{{title}}", "line 1: 'title'"),
        ("{{#items}}\n\n{{ttile}}{{/items}}", "line 3: 'ttile'"), ("{{^nmae}}{{/nmae}}", "line 1: 'nmae'"),
        ("{{^name}}{{url}}{{/name}}", "line 1: 'url'"), ("{{nmae}} {{nmae}}", "line 1: 'nmae'"),
    ])
    func `other names are reported once with their line`(source: String, expected: String) throws {
        #expect(try unknown(source) == [expected])
    }

    @Test
    func `partials are read too, those that include themselves once`() throws {
        let partials = ["foot": "x\n{{nmae}}{{>foot}}"]
        #expect(try unknown("{{>foot}}", partials: partials) == ["line 2 of the partial 'foot': 'nmae'"])
    }
}
