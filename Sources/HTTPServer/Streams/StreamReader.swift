/// Reads a stream for libmicrohttpd, on one connection.
final class StreamReader: Sendable {
    /// MHD_CONTENT_READER_END_OF_STREAM and …_END_WITH_ERROR, which are macros.
    static let end = -1
    static let failure = -2

    private let stream: ByteStream
    private let handle: ConnectionHandle

    init(_ stream: ByteStream, _ handle: ConnectionHandle) { (self.stream, self.handle) = (stream, handle) }

    /// Who is cut off must not take what he has for all there was.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        stream.read(into: buffer, handle) ?? (stream.wasTooSlow ? Self.failure : Self.end)
    }
}
