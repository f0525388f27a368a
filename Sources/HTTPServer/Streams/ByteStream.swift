internal import Platform
internal import Synchronization

/// An answer that goes on for as long as somebody reads it: pieces leave as they come.
///
/// No thread waits for it. Of what a reader has not taken yet only so many bytes are kept; who would need more is cut off.
/// Pieces are shared: what is sent to a thousand readers is there once.
package final class ByteStream: Sendable {
    private enum Stage {
        /// The connection asks for bytes when it can take some.
        case open
        /// There were none, so the connection rests until there are.
        case resting(ConnectionHandle)
        /// What is there still goes out, and then no more.
        case ending
        case closed
    }

    private struct State {
        var stage = Stage.open
        var pieces = FIFO<[UInt8]>()
        /// Bytes of the first piece that are sent, bytes that are kept, and bytes that were sent in all.
        var offset = 0
        var kept = 0
        var sent = 0
        var wasTooSlow = false
    }

    private let limit: Int
    private let state = Mutex(State())

    /// - Parameter limit: bytes that are kept for a reader.
    package init(limit: Int) { self.limit = limit }

    // MARK: On any thread

    /// - Returns: false when nobody reads any more.
    @discardableResult
    package func send(_ piece: [UInt8]) -> Bool {
        let (isTaken, resting) = state.withLock { state -> (Bool, ConnectionHandle?) in
            switch state.stage {
            case .ending, .closed: return (false, nil)
            case .open, .resting: break
            }
            guard state.kept + piece.count <= limit else {
                state.wasTooSlow = true
                return (false, Self.close(&state))
            }
            guard !piece.isEmpty else { return (true, nil) }
            state.pieces.append(piece)
            state.kept += piece.count
            guard case .resting(let handle) = state.stage else { return (true, nil) }
            state.stage = .open
            return (true, handle)
        }
        resting?.resume()
        return isTaken
    }

    /// Ends it behind what was sent. Safe to call twice.
    package func end() {
        let resting = state.withLock { state -> ConnectionHandle? in
            switch state.stage {
            case .open: state.stage = .ending
            case .resting(let handle):
                state.stage = .ending
                return handle
            case .ending, .closed: break
            }
            return nil
        }
        resting?.resume()
    }

    /// Nothing that is sent from now on reaches anybody.
    package var isOver: Bool {
        state.withLock { state in
            switch state.stage {
            case .open, .resting: false
            case .ending, .closed: true
            }
        }
    }

    /// More would have had to be kept than may be.
    var wasTooSlow: Bool { state.withLock { $0.wasTooSlow } }

    /// For tests: how many bytes wait for the reader.
    var keptBytes: Int { state.withLock { $0.kept } }

    // MARK: On the server's thread

    /// - Returns: how many bytes there were; 0 when the connection rests now; nil at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer, _ handle: ConnectionHandle) -> Int? {
        guard let parts = take(atMost: buffer.count, handle) else { return nil }
        var count = 0
        for part in parts {
            part.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[count...]).copyMemory(from: $0) }
            count += part.count
        }
        return count
    }

    private func take(atMost count: Int, _ handle: ConnectionHandle) -> [ArraySlice<UInt8>]? {
        state.withLock { state in
            if state.wasTooSlow { return nil }
            guard state.pieces.isEmpty else { return Self.take(atMost: count, from: &state) }
            guard case .open = state.stage else { return nil }
            // Under the lock: whoever has it next finds the connection at rest.
            handle.suspend()
            state.stage = .resting(handle)
            return []
        }
    }

    /// The reader is gone.
    /// - Returns: how many bytes it was sent.
    func close() -> Int {
        state.withLock { state in
            _ = Self.close(&state)
            return state.sent
        }
    }

    private static func close(_ state: inout State) -> ConnectionHandle? {
        let resting: ConnectionHandle? = if case .resting(let handle) = state.stage { handle } else { nil }
        state.stage = .closed
        _ = state.pieces.removeAll()
        state.kept = 0
        return resting
    }

    private static func take(atMost count: Int, from state: inout State) -> [ArraySlice<UInt8>] {
        var (parts, rest) = ([ArraySlice<UInt8>](), count)
        while rest > 0, let piece = state.pieces.first {
            let part = piece[state.offset...].prefix(rest)
            parts.append(part)
            rest -= part.count
            state.offset += part.count
            guard state.offset == piece.count else { break }
            state.offset = 0
            _ = state.pieces.popFirst()
        }
        state.kept -= count - rest
        state.sent += count - rest
        return parts
    }
}
