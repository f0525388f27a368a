import Foundation
import TestSupport
import Testing

@testable import ControlAPI

/// A scanner that takes what is no JSON would store it, and one that refuses JSON would lose jobs.
@Suite("The scanner of requests")
struct JSONScannerTests {
    @Test(arguments: [
        "{}", "[]", "0", "-0", "1.5e+10", "\"\"", "true", "null", #"{"größe":[1,{"a":"\u00e4\n"}]}"#, " [ 1 , 2 ] ",
        "123456789012345678901234567890.5",
    ])
    func `takes what is JSON`(text: String) { #expect(Self.isTaken(text)) }

    @Test(arguments: [
        "", " ", "{", "}", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}", "{a:1}", "{\"a\":1,}", "01", "1.", ".5", "+1", "1e",
        "tru", "nul", "\"", "\"\u{01}\"", "\"\\x\"", "\"\\u12g4\"", "1 2", "'a'", "NaN", "[1}", "/**/1",
    ])
    func `refuses what is none`(text: String) { #expect(!Self.isTaken(text)) }

    @Test func `goes no deeper than sixty-four`() {
        #expect(Self.isTaken(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)))
        #expect(!Self.isTaken(String(repeating: "[", count: 65) + String(repeating: "]", count: 65)))
        #expect(!Self.isTaken(String(repeating: "[", count: 1_000_000)))
    }

    /// Seed 9: documents with some bytes changed, removed or doubled are read as Foundation reads them.
    @Test func `agrees with another reader of what is broken`() {
        var random = SeededGenerator(seed: 9)
        let whole = Array(#"{"type":"a.b","args":{"n":[1,-2.5e3,true,null],"t":"ä\"\\/"},"key":""}"#.utf8)
        for _ in 0..<20_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = UInt8.random(in: 0x20..<0x7F, using: &random)
                case 1: bytes.remove(at: place)
                default: bytes.insert(bytes[place], at: place)
                }
            }
            guard String(validating: bytes, as: UTF8.self) != nil else { continue }
            let isJSON = (try? JSONSerialization.jsonObject(with: Data(bytes), options: .fragmentsAllowed)) != nil
            #expect(Self.isTaken(bytes) == isJSON, "\(String(decoding: bytes, as: UTF8.self))")
        }
    }

    private static func isTaken(_ text: String) -> Bool { isTaken(Array(text.utf8)) }

    private static func isTaken(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBufferPointer { bytes in
            var scanner = JSONScanner(bytes)
            do {
                _ = try scanner.value()
                try scanner.finish()
                return true
            } catch {
                return false
            }
        }
    }
}
