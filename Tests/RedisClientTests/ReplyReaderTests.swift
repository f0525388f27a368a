import TestSupport
import Testing

@testable import RedisClient

@Suite("Reading answers")
struct ReplyReaderTests {
    private static let answers =
        "+OK\r\n-ERR no\r\n:-7\r\n$5\r\na\r\n\0b\r\n$-1\r\n*-1\r\n*0\r\n$0\r\n\r\n*3\r\n:1\r\n*2\r\n$1\r\nx\r\n*0\r\n$-1\r\n"

    private func read(_ parts: [[UInt8]]) throws -> RedisReply {
        let reader = ReplyReader()
        for part in parts {
            part.withUnsafeBytes { reader.feed($0) }
            while try reader.parseAnswer() {}
        }
        return reader.takeReply()
    }

    /// A value as text, for comparing.
    private func describe(_ value: RedisValue) -> String {
        if value.isNull { return "null" }
        if let error = value.error { return "error(\(error.message))" }
        if value.isArray { return "[\(value.elements.map(describe).joined(separator: ","))]" }
        if let bytes = value.bytes { return "'\(String(decoding: bytes, as: UTF8.self))'" }
        return "\(value.integer ?? 0)"
    }

    private func check(_ reply: RedisReply) {
        #expect(
            reply.values.map(describe) == [
                "'OK'", "error(ERR no)", "-7", "'a\r\n\0b'", "null", "null", "[]", "''", "[1,['x',[]],null]",
            ])
        #expect(reply.hasError && reply.firstError?.message == "ERR no")
    }

    @Test func `in every split in two`() throws {
        let bytes = Array(Self.answers.utf8)
        for place in 0...bytes.count { check(try read([Array(bytes[..<place]), Array(bytes[place...])])) }
    }

    @Test func `byte by byte`() throws { check(try read(Self.answers.utf8.map { [$0] })) }

    @Test(arguments: [1, 2, 3])
    func `in random pieces`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            var rest = Array(Self.answers.utf8)[...]
            var parts: [[UInt8]] = []
            while !rest.isEmpty {
                parts.append(Array(rest.prefix(Int.random(in: 1...9, using: &random))))
                rest = rest.dropFirst(parts.last?.count ?? 0)
            }
            check(try read(parts))
        }
    }

    @Test func `one reply after the other, each with its own values`() throws {
        let reader = ReplyReader()
        for number in 0..<3 {
            Array(":\(number)\r\n$1\r\n\(number)\r\n".utf8).withUnsafeBytes { reader.feed($0) }
            #expect(try reader.parseAnswer() && reader.parseAnswer())
            let reply = reader.takeReply()
            #expect(reply.values.map(describe) == ["\(number)", "'\(number)'"])
            #expect(!reply.hasError && reply.firstError == nil)
        }
    }

    @Test(arguments: ["HTTP/1.1 400 Bad Request\r\n", "$x\r\n", "*99999999999999999999\r\n", ":abc\r\n", "\0\0\r\n"])
    func `what is not Redis is said to be not`(text: String) {
        let error = #expect(throws: RedisError.self) { try read([Array(text.utf8)]) }
        #expect(error?.code == .protocolViolation)
        #expect(error?.message.hasPrefix("What answers is not Redis: ") == true)
    }

    @Test func `values of other kinds are nothing, never a trap`() throws {
        let reply = try read([Array(Self.answers.utf8)])
        for value in reply.values {
            _ = (value.integer, value.string, value.bytes, value.count, value.isNull, Array(value.elements))
        }
        let values = Array(reply.values)
        #expect(values[0].integer == nil && values[2].string == nil && values[8].count == 3)
        #expect(values[0] == "OK" && !(values[0] == "OKAY") && !(values[2] == "-7"))
    }
}
