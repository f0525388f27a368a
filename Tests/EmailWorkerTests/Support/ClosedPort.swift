import Glibc
import Platform

/// A port of 127.0.0.1 where nobody listens, and nobody else can as long as this is held.
final class ClosedPort {
    let number: Int
    private var socket: Int32

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw SystemError.last("socket") }
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

    /// Lets somebody else have the port.
    func release() {
        close(socket)
        socket = -1
    }

    deinit { if socket >= 0 { close(socket) } }
}
