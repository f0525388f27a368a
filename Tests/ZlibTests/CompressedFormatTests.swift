import TestSupport
import Testing
import Zlib

struct CompressedFormatTests {
    private static let contents: [[UInt8]] = [
        [], [1], Array(repeating: 0, count: 300_000), (0..<200_000).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 7) },
    ]

    // By their index: who reports a case would write each byte.
    @Test(arguments: [CompressedFormat.zlib, .gzip], contents.indices)
    func `what is compressed comes back, and no larger than allowed`(format: CompressedFormat, content: Int) {
        let bytes = Self.contents[content], compressed = format.compress(bytes)
        #expect(format.inflate(compressed, mostBytes: bytes.count) == bytes)
        #expect(format.inflate(compressed, mostBytes: bytes.count - 1) == nil)
        #expect(format.compress(bytes) == compressed)
    }

    @Test(arguments: [("zlib", CompressedFormat.zlib), ("gzip", .gzip)])
    func `Python reads both formats`(module: String, format: CompressedFormat) async throws {
        for bytes in Self.contents {
            let script = "import sys, \(module); sys.stdout.buffer.write(\(module).decompress(sys.stdin.buffer.read()))"
            #expect(try await Tool.python.run("-c", script, input: format.compress(bytes)) == bytes)
        }
    }

    @Test(arguments: [CompressedFormat.zlib, .gzip])
    func `what is cut, changed or of another format is refused`(format: CompressedFormat) {
        let compressed = format.compress(Array("hello, hello, hello".utf8))
        for count in 0..<compressed.count {
            #expect(format.inflate(Array(compressed.prefix(count)), mostBytes: 100) == nil)
        }
        var changed = compressed
        changed[compressed.count / 2] ^= 0x55
        #expect(format.inflate(changed, mostBytes: 100) == nil)
        let other: CompressedFormat = format == .zlib ? .gzip : .zlib
        #expect(other.inflate(compressed, mostBytes: 100) == nil)
    }
}
