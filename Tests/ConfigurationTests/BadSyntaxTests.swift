import Testing

@testable import Configuration

@Suite struct BadSyntaxTests {
    @Test(arguments: files)
    func `a syntax mistake is named with its line and remedy`(file: BadFile) {
        #expect(complaint(about: file.text) == "test.json5:\(file.complaint)")
    }

    @Test func `bytes that are not UTF-8 are named with their line`() {
        let error = #expect(throws: ConfigurationError.self) {
            try Document(text: Array("{\n a: '".utf8) + [0xFF] + Array("' }".utf8), file: "test.json5")
        }
        #expect(error?.description == "test.json5:2: this is not UTF-8; save the file in that encoding.")
    }

    private static let files = [
        BadFile("an empty file", "", "1: the file must hold one object; begin it with '{' and end it with '}'."),
        BadFile("a list", "\n[]", "2: the file must hold one object; begin it with '{' and end it with '}'."),
        BadFile("text after the end", "{}\n}", "2: text follows the last '}'; remove it or move it inside."),
        BadFile("a brace left open", "{\n log: {\n", "2: this '{' is never closed; add '}'."),
        BadFile("a bracket left open", "{\n queues: [\n 'a',", "2: this '[' is never closed; add ']'."),
        BadFile(
            "a wrong bracket", "{ queues: [\n 'a' }\n}", "2: the wrong bracket closes what line 1 opened; write ']'."),
        BadFile(
            "a missing comma", "{\n dataFolder: '/a'\n queues: [] }",
            "2: a comma is missing after this value, or quotes around it; add what is missing."),
        BadFile("two commas", "{ log: {},\n , }", "2: a name is missing here; write name: value."),
        BadFile("a missing colon", "{\n log {} }", "2: a colon is missing after a name; write name: value."),
        BadFile("a missing value", "{\n log: }", "2: a value is missing here, or quotes around it."),
        BadFile(
            "text without quotes", "{\n dataFolder: data }",
            "2: this value needs quotes; only numbers, true, false and null do without."),
        BadFile(
            "a name that needs quotes", "{ policies: {\n email.send: {} } }",
            "2: this name needs quotes; write \"name\": value."),
        BadFile(
            "text that does not end", "{\n dataFolder: '/a\n}",
            "2: this text has no end; close it with its first quote."),
        BadFile("a comment that does not end", "{\n /* here\n}", "2: this comment has no end; add '*/'."),
        BadFile(
            "a comment that a carriage return ends", "{\n // a\rb c\n}",
            "2: a colon is missing after a name; write name: value."),
        BadFile(
            "a number in groups", "{ tolerance: {\n argsBytes: 10_000 } }",
            "2: a number holds digits only; remove '_' and '$'."),
        BadFile("a lone slash", "{\n / }", "2: a lone '/' stands here; begin a comment with '//' or remove it."),
        BadFile(
            "a no-break space", "{\n\u{A0}}",
            "2: a letter, space or quote that is not ASCII stands outside quotes; retype it."),
        BadFile(
            "a wrong escape in a name", "{\n 'a\\q': 1 }",
            "2: this name holds a wrong escape; write it without a backslash."),
        BadFile(
            "too many brackets", "{\n a: " + String(repeating: "[", count: 100_000),
            "2: objects and lists are nested too deeply; flatten them."),
    ]
}
