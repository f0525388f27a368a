import Glibc
import Platform

/// A port of 127.0.0.1 where nobody listens, and nobody else can as long as this is held.
final class ClosedPort {
    let number: Int
    private let socket: Int32

    init() throws {
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw SystemError.last("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let socket = socket
        let isBound = withUnsafeMutableBytes(of: &address) { bytes in
            let pointer = bytes.baseAddress!.assumingMemoryBound(to: sockaddr.self)
            return bind(socket, pointer, size) == 0 && getsockname(socket, pointer, &size) == 0
        }
        guard isBound else { throw SystemError.last("bind") }
        number = Int(UInt16(bigEndian: address.sin_port))
    }

    deinit { close(socket) }
}
