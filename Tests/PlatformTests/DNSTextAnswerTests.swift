import TestSupport
import Testing

@testable import Platform

@Suite("Answers of name servers", .timeLimit(.minutes(1)))
struct DNSTextAnswerTests {
    private static let header: [UInt8] = [0x12, 0x34, 0x81, 0x80, 0, 1, 0, 2, 0, 0, 0, 0]
    /// `cw.example`, asked for its texts.
    private static let question: [UInt8] = [2] + "cw".utf8 + [7] + "example".utf8 + [0, 0, 16, 0, 1]

    /// A record of the question's name.
    private static func record(type: UInt8, _ data: [UInt8]) -> [UInt8] {
        [0xC0, 12, 0, type, 0, 1, 0, 0, 1, 0, UInt8(data.count >> 8), UInt8(data.count & 255)] + data
    }

    private static let answer =
        header + question + record(type: 5, [1, 0x61, 0])
        + record(type: 16, [8] + "v=DKIM1;".utf8 + [4] + " p=x".utf8)

    @Test func `the strings of a text are one, and other records are passed over`() {
        #expect(DNSTextAnswer(Self.answer)?.texts == ["v=DKIM1; p=x"])
        #expect(DNSTextAnswer(Self.header.prefix(5) + [0, 0, 0, 0, 0, 0, 0])?.texts == [])
    }

    @Test func `what is cut off is refused, and nothing that is changed harms`() {
        for count in Self.answer.indices { #expect(DNSTextAnswer(Self.answer.prefix(count)) == nil) }
        var generator = SeededGenerator(seed: 7)
        for _ in 1...20_000 {
            var bytes = Self.answer
            for _ in 1...3 {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            _ = DNSTextAnswer(bytes)
        }
    }
}

extension DNSTextAnswer: Equatable {
    static func == (one: DNSTextAnswer, other: DNSTextAnswer) -> Bool { one.texts == other.texts }
}
