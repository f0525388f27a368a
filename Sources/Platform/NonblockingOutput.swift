internal import Glibc
internal import Synchronization

/// Writes to a descriptor that others share, without ever waiting for its reader.
///
/// A log shipper that stalls must not stall us: leases are renewed on the thread that logs. What a full pipe does not
/// take is kept, up to a megabyte, and goes out with the next piece; beyond that it is dropped and counted.
final class NonblockingOutput: Sendable {
    private enum Way: ~Copyable {
        /// A pipe or a terminal, through an open file of our own: to be non-blocking is a property of the open file, and
        /// the one we were given is not ours alone.
        case own(FileDescriptor)
        /// A socket, which can be told for each piece.
        case socket(Int32)
        /// A file on a disk, which does not block.
        case plain(Int32)
    }

    private struct State: ~Copyable {
        let way: Way
        var unsent: [UInt8] = []
        var dropped = 0
        /// Has ``flush()`` called a little later; nil where nothing waits.
        var flushLater: (@Sendable () -> Void)?
        var willFlush = false
    }

    private static let unsentLimit = 1 << 20
    /// What a pipe takes as a whole or not at all (PIPE_BUF).
    private static let atOnce = 4096

    private let state: Mutex<State>

    init(_ descriptor: Int32) { state = Mutex(State(way: Self.way(to: descriptor))) }

    /// Lets pieces that may wait do so from now on.
    /// - Parameter flushLater: has ``flush()`` called, once, a little later.
    func gather(flushLater: @escaping @Sendable () -> Void) { state.withLock { $0.flushLater = flushLater } }

    /// Writes what waits.
    func flush() {
        state.withLock { state in
            state.willFlush = false
            Self.flush(&state)
        }
    }

    /// - Parameters:
    ///   - mayWait: for others, where pieces are gathered.
    ///   - lost: makes the line that tells how many pieces were dropped.
    func write(_ piece: [UInt8], mayWait: Bool = false, lost: (Int) -> [UInt8]) {
        let flushLater: (@Sendable () -> Void)? = state.withLock { state in
            if state.unsent.count + piece.count <= Self.unsentLimit {
                if state.dropped > 0 {
                    state.unsent += lost(state.dropped)
                    state.dropped = 0
                }
                state.unsent += piece
            } else {
                state.dropped += 1
            }
            guard mayWait, let flushLater = state.flushLater, state.unsent.count < Self.atOnce else {
                Self.flush(&state)
                return nil
            }
            defer { state.willFlush = true }
            return state.willFlush ? nil : flushLater
        }
        flushLater?()
    }

    private static func flush(_ state: inout State) {
        var sent = 0
        while sent < state.unsent.count {
            // Whole lines, so that those of processes that share the pipe never mix.
            let end = pieceEnd(in: state.unsent, from: sent)
            let count = put(state.unsent[sent..<end], through: state.way)
            if count < 0, errno == EINTR { continue }
            // What cannot be written at all, because its reader is gone, is nobody's loss.
            if count < 0, errno != EAGAIN { sent = state.unsent.count }
            guard count > 0 else { break }
            sent += count
        }
        if sent > 0 { state.unsent.removeFirst(sent) }
    }

    /// The end of the last line that fits into one write; of the first line when none does.
    private static func pieceEnd(in bytes: [UInt8], from start: Int) -> Int {
        let newline = UInt8(ascii: "\n")
        let limit = min(bytes.count, start + atOnce)
        if let last = bytes[start..<limit].lastIndex(of: newline) { return last + 1 }
        return bytes[start...].firstIndex(of: newline).map { $0 + 1 } ?? bytes.count
    }

    private static func put(_ piece: ArraySlice<UInt8>, through way: borrowing Way) -> Int {
        piece.withUnsafeBytes { bytes in
            switch way {
            case .own(let file): Glibc.write(file.number, bytes.baseAddress, bytes.count)
            case .socket(let number):
                send(number, bytes.baseAddress, bytes.count, Int32(MSG_DONTWAIT | MSG_NOSIGNAL))
            case .plain(let number): Glibc.write(number, bytes.baseAddress, bytes.count)
            }
        }
    }

    private static func way(to descriptor: Int32) -> Way {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return .plain(descriptor) }
        switch status.st_mode & S_IFMT {
        case S_IFSOCK: return .socket(descriptor)
        case S_IFIFO, S_IFCHR:
            let number = open("/proc/self/fd/\(descriptor)", O_WRONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
            return number < 0 ? .plain(descriptor) : .own(FileDescriptor(owning: number))
        default: return .plain(descriptor)
        }
    }
}
