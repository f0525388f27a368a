/// What reading needs: the buffer, the parser, and the reply whose answers are coming in.
///
/// `@unchecked Sendable`: only the thread that `ConnectionState.reader` names touches it, and that name changes hands
/// under the connection's lock, which orders one reader's accesses before the next one's.
final class ReadingSide: @unchecked Sendable {
    private static let bufferSize = 128 << 10

    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bufferSize, alignment: 16)
    let parser: ReplyReader
    var current: PendingReply?
    /// Answers that `current` still waits for.
    var missing = 0

    /// - Parameter user: as whom the connection signs in.
    init(user: String?) { parser = ReplyReader(user: user) }

    deinit { buffer.deallocate() }
}
