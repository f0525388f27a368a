internal import CLinux
internal import Glibc
internal import Synchronization

/// A pipe that a child process writes into and a loop reads. The child never waits for us, and whatever it writes, no
/// more of it is kept than was asked for.
public final class OutputPipe: Sendable {
    public enum Kept: Sendable {
        /// The first so many bytes: see ``OutputPipe/hasOverflowed``.
        case first(Int)
        /// The last so many bytes.
        case last(Int)
    }

    private struct State: ~Copyable {
        var writeEnd: FileDescriptor?
        var source: EventSource?
        var bytes: [UInt8] = []
        var hasOverflowed = false
    }

    private static let pieceBytes = 1 << 16

    private let kept: Kept
    private let loop: EventLoop
    private let readEnd: FileDescriptor
    private let state: Mutex<State>
    private let ended = Promise<Void>()

    public init(keeping kept: Kept, on loop: EventLoop) throws(SystemError) {
        var ends: [Int32] = [-1, -1]
        guard linux_pipe(&ends, O_CLOEXEC) == 0 else { throw .last("pipe") }
        (self.kept, self.loop) = (kept, loop)
        readEnd = FileDescriptor(owning: ends[0])
        state = Mutex(State(writeEnd: FileDescriptor(owning: ends[1])))
        // Only our end: the child's may wait.
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    }

    /// The end that the child gets, while it is open here.
    public var writeDescriptor: Int32 { state.withLock { $0.writeEnd?.number ?? -1 } }

    /// Whether there was more than the first bytes that are kept.
    public var hasOverflowed: Bool { state.withLock { $0.hasOverflowed } }

    public var bytes: [UInt8] { state.withLock { $0.bytes } }

    /// Closes our copy of the child's end, and begins to read.
    /// - Parameter handler: gets each piece on the loop's thread.
    public func read(_ handler: @escaping @Sendable ([UInt8]) -> Void = { _ in }) throws(SystemError) {
        state.withLock { $0.writeEnd = nil }
        let source = try loop.watch(readEnd.number, for: .readable) { [weak self] _ in self?.readPieces(handler) }
        state.withLock { $0.source = source }
    }

    /// Waits until all who could write are gone. One task may wait.
    public func end() async { await ended.wait() }

    /// Reads no more, whoever still has the other end.
    public func close() {
        let source = state.withLock { state in
            state.writeEnd = nil
            return state.source.take()
        }
        if let source { loop.unwatch(source) }
        ended.complete(with: ())
    }

    private func readPieces(_ handler: ([UInt8]) -> Void) {
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        // Not until it is empty: others are on this thread too.
        let count = Glibc.read(readEnd.number, &piece, piece.count)
        guard count > 0 else {
            if count < 0, errno == EAGAIN || errno == EINTR { return }
            return close()
        }
        piece.removeLast(piece.count - count)
        keep(piece)
        handler(piece)
    }

    private func keep(_ piece: [UInt8]) {
        state.withLock { state in
            switch kept {
            case .first(let limit):
                let room = limit - state.bytes.count
                state.bytes += piece.prefix(room)
                if piece.count > room { state.hasOverflowed = true }
            case .last(let limit):
                state.bytes += piece.suffix(limit)
                if state.bytes.count > limit { state.bytes.removeFirst(state.bytes.count - limit) }
            }
        }
    }
}
