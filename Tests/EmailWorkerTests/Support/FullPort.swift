import Glibc
import Platform

/// A port of 127.0.0.1 whose queue of connections is full: the kernel answers no more of them.
final class FullPort {
    let number: Int
    private var sockets: [Int32] = []

    init() throws {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        sockets = [listener]
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isListening = Self.with(&address) {
            bind(listener, $0, size) == 0 && listen(listener, 0) == 0 && getsockname(listener, $0, &size) == 0
        }
        guard isListening else { throw SystemError.last("listening on 127.0.0.1") }
        number = Int(UInt16(bigEndian: address.sin_port))
        for _ in 1...4 {
            let waiting = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
            sockets.append(waiting)
            _ = Self.with(&address) { connect(waiting, $0, size) }
        }
    }

    deinit { for socket in sockets { close(socket) } }

    private static func with<Value>(
        _ address: inout sockaddr_in, _ body: (UnsafeMutablePointer<sockaddr>) -> Value
    ) -> Value {
        withUnsafeMutablePointer(to: &address) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, body) }
    }
}
