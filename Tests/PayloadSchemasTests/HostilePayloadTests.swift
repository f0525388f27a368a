import FoundationEssentials
import PayloadSchemas
import TestSupport
import Testing

@Suite("Payloads that are none")
struct HostilePayloadTests {
    @Test(arguments: [
        ("", "ends too soon, at byte 0"), ("  ", "ends too soon, at byte 2"), ("{", "ends too soon, at byte 1"),
        ("[1", "ends too soon, at byte 2"), ("[1 2]", "lacks a comma or a bracket, at byte 3"),
        ("[1,]", "has something that is no value, at byte 3"),
        ("{\"a\"}", "has a key without a colon behind it, at byte 4"),
        ("{a:1}", "has a key that is no text, at byte 1"), ("{\"a\":1,}", "has a key that is no text, at byte 7"),
        ("nul", "has a word that is none of true, false and null, at byte 3"),
        ("tru3", "has a word that is none of true, false and null, at byte 3"),
        ("01", "goes on after its end, at byte 1"), ("1.", "ends too soon, at byte 2"),
        ("+1", "has something that is no value, at byte 0"), (".5", "has something that is no value, at byte 0"),
        ("1e", "ends too soon, at byte 2"), ("-", "ends too soon, at byte 1"),
        ("NaN", "has something that is no value, at byte 0"),
        ("'a'", "has something that is no value, at byte 0"), ("1 1", "goes on after its end, at byte 2"),
        ("\"a", "has a text without an end, at byte 2"),
        ("\"a\nb\"", "has a control character in a text; write it as an escape, at byte 2"),
        (#""\x""#, "has an escape sequence that JSON does not know, at byte 1"),
        (#""\u12g4""#, "has a \\u without its four digits, at byte 1"),
        (#""\u12"#, "has a text without an end, at byte 1"),
        (#""\ud800""#, "has half of a surrogate pair, at byte 7"),
        (#""\udc00""#, "has half of a surrogate pair, at byte 7"),
        (#""\ud800\u0041""#, "has half of a surrogate pair, at byte 13"),
        ("\u{FEFF}1", "has something that is no value, at byte 0"),
    ]) func `are told to be none, and where`(text: String, problem: String) {
        let told = PayloadSchema.any.violations(in: Array(text.utf8)).map(\.description)
        #expect(told == ["the payload is not JSON: it \(problem)"])
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22], [0x22, 0xE2, 0x82],
        ] as [[UInt8]]) func `must be UTF-8`(bytes: [UInt8])
    {
        #expect(PayloadSchema.any.violations(in: bytes).map(\.description) == ["the payload is not in UTF-8"])
    }

    @Test func `have their bounds`() {
        let deep = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(problems(deep).isEmpty)
        #expect(problems("[\(deep)]").first?.contains("more than 64 arrays") == true)
        #expect(problems(String(repeating: "{\"a\":", count: 100_000)).first?.contains("more than 64") == true)
        #expect(problems(String(repeating: "1", count: 1001)).first?.contains("more than 1000 digits") == true)
        let large = Array(("\"" + String(repeating: "a", count: 1 << 20) + "\"").utf8)
        #expect(PayloadSchema.text().violations(in: large).map(\.problem) == ["is larger than 1048576 bytes"])
        #expect(PayloadSchema.text().violations(in: Array("\"abc\"".utf8), limits: PayloadLimits(bytes: 5)).isEmpty)
        #expect(!PayloadSchema.text().violations(in: Array("\"abc\"".utf8), limits: PayloadLimits(bytes: 4)).isEmpty)
    }

    @Test(.timeLimit(.minutes(1))) func `take no longer for twenty thousand keys than for as many values`() {
        let keys = (0..<20_000).map { "\"\($0)\":1" }.joined(separator: ",")
        #expect(problems("{\(keys)}").isEmpty)
        #expect(problems("{\(keys),\"17777\":1}") == ["/17777: stands twice in its object"])
    }

    /// What this program takes, `JSONDecoder` reads; what that reads and this does not, is one of the things told above.
    @Test func `are refused wherever the decoder refuses them`() {
        var chance = SeededGenerator(seed: 7)
        let seeds = [
            #"{"a":[1,-2.5e3,true,null],"b":{"c":"x\n\u00e9😀"},"d":"\ud83d\ude00"}"#, #"[[],{},"",0,-0,1E+2,"\\\/\""]"#,
        ]
        let pieces = Array("{}[]:,\"\\u0019e.+- ntfalsd\u{1}\u{7F}é".utf8) + [0xFF, 0x80]
        var taken = 0
        for _ in 0..<5000 {
            var bytes = Array(seeds.randomElement(using: &chance)!.utf8)
            for _ in 0..<Int.random(in: 1...3, using: &chance) {
                let place = Int.random(in: 0..<bytes.count, using: &chance)
                switch Int.random(in: 0..<3, using: &chance) {
                case 0: bytes[place] = pieces.randomElement(using: &chance)!
                case 1: bytes.insert(pieces.randomElement(using: &chance)!, at: place)
                default: bytes.remove(at: place)
                }
            }
            let problem = PayloadSchema.any.violations(in: bytes).first?.problem
            let isRead = (try? JSONDecoder().decode(AnyJSON.self, from: Data(bytes))) != nil
            if problem == nil { taken += 1 }
            // Foundation passes over a comma before a bracket.
            let text = String(decoding: bytes, as: UTF8.self).filter { $0 != " " }
            let isOurs = ["twice", "too large"].contains { problem?.contains($0) == true } || text.contains(#/,[\]}]/#)
            #expect(
                isRead == (problem == nil) || (isRead && isOurs),
                "\(String(decoding: bytes, as: UTF8.self)): \(problem ?? "")")
        }
        #expect(taken > 300)
    }

    private func problems(_ text: String) -> [String] {
        PayloadSchema.any.violations(in: Array(text.utf8)).map {
            $0.pointer.isEmpty ? $0.problem : $0.description
        }
    }
}

/// Any JSON text.
private struct AnyJSON: Decodable {
    struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }
        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        if let object = try? decoder.container(keyedBy: Key.self) {
            for key in object.allKeys { _ = try object.decode(AnyJSON.self, forKey: key) }
        } else if var array = try? decoder.unkeyedContainer() {
            while !array.isAtEnd { _ = try array.decode(AnyJSON.self) }
        } else {
            let value = try decoder.singleValueContainer()
            guard !value.decodeNil(), (try? value.decode(Bool.self)) == nil, (try? value.decode(String.self)) == nil
            else { return }
            _ = try value.decode(Double.self)
        }
    }
}
