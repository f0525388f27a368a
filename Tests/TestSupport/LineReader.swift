internal import Dispatch
public import Foundation

/// Lines of a pipe. They are taken out as they come, on a thread of its own, so that the writer never waits for a test.
public struct LineReader: Sendable {
    private let lines: AsyncStream<Data>

    public init(_ handle: FileHandle) {
        let (lines, continuation) = AsyncStream.makeStream(of: Data.self)
        self.lines = lines
        DispatchQueue(label: "tests.lines").async {
            var rest = Data()
            while case let more = handle.availableData, !more.isEmpty {
                rest += more
                while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                    continuation.yield(Data(rest[..<end]))
                    rest = Data(rest[(end + 1)...])
                }
            }
            continuation.finish()
        }
    }

    /// `nil` at the end.
    public func next() async -> Data? {
        var iterator = lines.makeAsyncIterator()
        return await iterator.next()
    }
}
