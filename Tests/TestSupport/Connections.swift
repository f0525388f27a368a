internal import Foundation
internal import Synchronization

/// A listening unix socket whose connections are served by threads.
final class Connections: Sendable {
    private let listener: Int32
    private let open = Mutex<Set<Int32>>([])

    init(path: String) throws { listener = try UnixSocket.listen(at: path) }

    /// Calls the body for each connection on a thread of its own; the connection ends with it.
    func accept(_ serve: @escaping @Sendable (Int32) -> Void) {
        Thread.detachNewThread { [self] in
            while true {
                let connection = Glibc.accept(listener, nil, nil)
                guard connection >= 0 else { break }
                open.withLock { _ = $0.insert(connection) }
                Thread.detachNewThread { [self] in
                    serve(connection)
                    open.withLock { _ = $0.remove(connection) }
                    // A server that another test started at this moment may have inherited the descriptor.
                    shutdown(connection, Int32(SHUT_RDWR))
                    close(connection)
                }
            }
            close(listener)
        }
    }

    var all: Set<Int32> { open.withLock { $0 } }

    /// Ends all connections; new ones are taken.
    func cut() { open.withLock { for connection in $0 { shutdown(connection, Int32(SHUT_RDWR)) } } }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
        cut()
    }
}
