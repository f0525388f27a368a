import RedisClient
import Testing

@Suite("The bytes of commands")
struct PipelineTests {
    private func text(_ pipeline: RedisPipeline) -> String { String(decoding: pipeline.bytes, as: UTF8.self) }

    @Test func `strings, numbers, bytes and nothing`() {
        var pipeline = RedisPipeline()
        pipeline.begin(arguments: 6)
        pipeline.append("SET" as StaticString)
        pipeline.append("schlüssel")
        pipeline.append(-42)
        pipeline.append([0, 13, 10, 255])
        pipeline.append([1, 2, 3][1...])
        pipeline.append("")
        let expected =
            Array("*6\r\n$3\r\nSET\r\n$10\r\nschlüssel\r\n$3\r\n-42\r\n$4\r\n".utf8) + [0, 13, 10, 255]
            + Array("\r\n$2\r\n".utf8) + [2, 3] + Array("\r\n$0\r\n\r\n".utf8)
        #expect(pipeline.bytes == expected && pipeline.count == 1)
    }

    @Test(arguments: [0, 9, 10, 99, 100, -1, -10, .max, .min] as [Int])
    func `numbers as their digits`(number: Int) {
        var pipeline = RedisPipeline()
        pipeline.begin(arguments: 1)
        pipeline.append(number)
        #expect(text(pipeline) == "*1\r\n$\("\(number)".utf8.count)\r\n\(number)\r\n")
    }

    @Test func `several commands one after the other`() {
        var pipeline = RedisPipeline("PING")
        pipeline.add("GET", "k")
        var other = RedisPipeline("ECHO", String(repeating: "x", count: 12))
        other.append(contentsOf: pipeline)
        #expect(other.count == 3)
        #expect(
            text(other)
                == "*2\r\n$4\r\nECHO\r\n$12\r\nxxxxxxxxxxxx\r\n*1\r\n$4\r\nPING\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n")
        other.removeAll()
        #expect(other.bytes.isEmpty && other.count == 0)
    }
}
