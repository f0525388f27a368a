internal import Glibc
internal import Platform

/// A port of 127.0.0.1 that nobody else gets as long as this is held, and where nobody listens but a server that is told
/// the number.
public final class ClosedPort: Sendable {
    public let number: Int
    private let socket: Int32

    public init() throws {
        // A child of another test must not keep it.
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw SystemError.last("socket") }
        // As servers set it, too: then they may listen beside a socket that does not.
        var isReusable: Int32 = 1
        setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &isReusable, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let number = socket
        let isBound = withUnsafeMutableBytes(of: &address) { bytes in
            let pointer = bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self)
            return bind(number, pointer, size) == 0 && getsockname(number, pointer, &size) == 0
        }
        guard isBound else { throw SystemError.last("bind") }
        self.number = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(socket) }
}
