import Decimals
import Testing

@testable import QuizScoring

@Suite("Short text") struct ShortTextTests {
    private func accepts(
        _ text: String, _ response: String, _ match: TextMatch = .exact, caseSensitive: Bool = false
    ) throws -> Bool {
        let interaction = ShortTextInteraction(
            answers: [TextAnswer(text: text, match: match)], caseSensitive: caseSensitive)
        return try fraction(.shortText(interaction), .text(response)) == "1"
    }

    @Test(arguments: [
        ("Paris", " paris ", true), ("New York", "new \t york", true), ("Paris", "Pariss", false),
        // é as one code point, and as e with a combining accent.
        ("caf\u{E9}", "cafe\u{301}", true), ("Straße", "STRASSE", true), ("Σίσυφος", "ΣΊΣΥΦΟΣ", true),
        ("İ", "i", false), ("cafe", "café", false), ("fourteen", "", false),
    ])
    func `case, white space and composition do not matter`(text: String, response: String, expected: Bool) throws {
        #expect(try accepts(text, response) == expected)
    }

    @Test func `case may matter`() throws {
        #expect(try accepts("DNA", "DNA", caseSensitive: true))
        #expect(try !accepts("DNA", "dna", caseSensitive: true))
    }

    /// Moodle, Short-Answer question type: "ran*ing" matches "running a race" not, but "ranting"; `\*` is an asterisk.
    @Test(arguments: [
        ("ran*ing", "ranting", true), ("ran*ing", "raning", true), ("ran*ing", "running", false), ("*", "x", true),
        ("2 \\* 3", "2 * 3", true), ("2 \\* 3", "2 + 3", false), ("a.c", "abc", false),
        ("*é*", "cafe\u{301} crème", true),
        ("C:\\\\*", "c:\\temp", true),
    ])
    func `an asterisk stands for anything`(pattern: String, response: String, expected: Bool) throws {
        #expect(try accepts(pattern, response, .wildcard) == expected)
    }

    @Test(arguments: [
        ("colou?r", "Color", true), ("colou?r", "colouur", false), ("(cat|dog)s?", "dogs", true),
        ("[a-c]{2,3}", "abc", true),
        ("[a-c]{2,3}", "abca", false), ("[^0-9]+", "abc", true), ("[^0-9]+", "ab1", false), ("\\d{3}", "123", true),
        ("\\w+\\s\\w+", "hello world", true), ("^a.c$", "abc", true), ("a\\.c", "abc", false),
        ("(?:ab)*", "abab", true),
        ("a{2,}", "aaaa", true), ("a{2}", "aaa", false), ("|a", "a", true), ("é", "E\u{301}", true), ("[É]", "é", true),
        ("a+?b", "aab", true), ("[]a]", "]", true), ("[a\\-]", "-", true), ("STRASSE", "straße", true),
        ("(a|b){40}c{0,40}", String(repeating: "ab", count: 20) + "ccc", true),
        ("(a|b){40}c{0,40}", String(repeating: "ab", count: 19) + "c", false),
    ])
    func `a regular expression matches the whole answer`(pattern: String, response: String, expected: Bool) throws {
        #expect(try accepts(pattern, response, .regex) == expected)
    }

    @Test(arguments: [
        "(", ")", "[", "*a", "a**", "(?=a)", "(a)\\1", "\\p{L}", "a{3,2}", "a{", "[z-a]", "\\", "a{1000}{1000}", "^^",
        String(repeating: "(", count: 60) + String(repeating: ")", count: 60), String(repeating: "a", count: 1001),
        "(((a{99}){99}){99}){99}", "[\\b]",
    ])
    func `a pattern that cannot be is refused with its place`(pattern: String) throws {
        let error = #expect(throws: InvalidDocument.self) { try accepts(pattern, "a", .regex) }
        #expect(error?.path == "sections[0].questions[0].interaction.answers[0].text")
    }

    /// Patterns that take engines with backtracking longer than the universe has lasted. Steps are at most the states
    /// times the characters, here some hundred times 1000.
    @Test(
        .timeLimit(.minutes(1)),
        arguments: ["(a*)*b", "(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*)*(.*)*b", "(a?){50}a{50}b"])
    func `a pattern takes no longer for a hostile answer`(pattern: String) throws {
        #expect(try !accepts(pattern, String(repeating: "a", count: 1000), .regex))
        #expect(try accepts(pattern, String(repeating: "a", count: 99) + "b", .regex))
    }

    @Test func `an answer that is too long is not compared`() throws {
        #expect(try !accepts(".*", String(repeating: "a", count: 1001), .regex))
    }
}
