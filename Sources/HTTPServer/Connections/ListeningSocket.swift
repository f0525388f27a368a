internal import Glibc
internal import Platform

/// A socket that listens at an IP address.
struct ListeningSocket: ~Copyable {
    let descriptor: FileDescriptor
    let port: UInt16
    let isLoopback: Bool

    /// - Throws: ``HTTPServerFailure`` with what to do.
    init(host: String, port: UInt16) throws {
        guard var address = SocketAddress(host: host, port: port) else {
            throw HTTPServerFailure(description: "'\(host)' is no IP address; write one, such as 127.0.0.1 or ::1.")
        }
        let descriptor = FileDescriptor(owning: socket(address.family, Self.kind, 0))
        guard descriptor.number >= 0 else { throw SystemError.last("opening a socket") }
        // What is left of a server that was here a moment ago does not bar the way.
        var yes: Int32 = 1
        setsockopt(descriptor.number, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        guard address.bind(descriptor.number), listen(descriptor.number, SOMAXCONN) == 0 else {
            throw HTTPServerFailure(description: Self.explanation(errno, host, port))
        }
        address.readName(of: descriptor.number)
        self.port = address.port
        isLoopback = address.isLoopback
        self.descriptor = descriptor
    }

    private static let kind = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue)

    private static func explanation(_ code: Int32, _ host: String, _ port: UInt16) -> String {
        switch code {
        case EADDRINUSE: "Another program listens on port \(port) of \(host): stop it, or listen on another port."
        case EADDRNOTAVAIL: "This machine has no address \(host): listen on one that it has."
        case EACCES: "This user may not listen on port \(port): choose one above 1023, behind a proxy."
        default: "\(SystemError(code: code, attempt: "listening on port \(port) of \(host)"))."
        }
    }
}
