import Foundation
import Mustache
import Testing

@Suite(.timeLimit(.minutes(1)))
struct MustacheValueTests {
    @Test
    func `any JSON becomes a value and back`() throws {
        let json = #"{"a":[null,true,false,1,-2,"x"],"b":{"c":1.21}}"#
        let value = try JSONDecoder().decode(MustacheValue.self, from: Data(json.utf8))
        #expect(value == ["a": [.null, true, false, 1, -2, "x"], "b": ["c": .number("1.21")]])
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        #expect(String(decoding: try encoder.encode(value), as: UTF8.self) == json)
    }

    @Test(arguments: [
        ("0", "0"), ("85", "85"), ("-1", "-1"), ("1.21", "1.21"), ("0.1", "0.1"),
        ("9007199254740993", "9007199254740993"), ("18446744073709551616", "18446744073709551616"),
        ("12345678901234567890.12", "12345678901234567890.12"),
    ])
    func `numbers keep their digits`(json: String, text: String) throws {
        #expect(try JSONDecoder().decode(MustacheValue.self, from: Data(json.utf8)) == .number(text))
    }
}
