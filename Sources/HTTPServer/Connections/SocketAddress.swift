internal import CMicroHTTPD
internal import Glibc

/// An IP address and a port.
struct SocketAddress {
    private var storage = sockaddr_storage()

    /// Nobody's yet.
    init() {}

    /// Nil when the text is no IP address.
    init?(host: String, port: UInt16) {
        var (v4, v6) = (sockaddr_in(), sockaddr_in6())
        if inet_pton(AF_INET, host, &v4.sin_addr) == 1 {
            v4.sin_family = sa_family_t(AF_INET)
            v4.sin_port = port.bigEndian
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: v4, as: sockaddr_in.self) }
        } else if inet_pton(AF_INET6, host, &v6.sin6_addr) == 1 {
            v6.sin6_family = sa_family_t(AF_INET6)
            v6.sin6_port = port.bigEndian
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: v6, as: sockaddr_in6.self) }
        } else {
            return nil
        }
    }

    var family: Int32 { Int32(storage.ss_family) }

    /// The port is at the same place in both families.
    var port: UInt16 { UInt16(bigEndian: v4.sin_port) }

    var isLoopback: Bool {
        family == AF_INET ? UInt32(bigEndian: v4.sin_addr.s_addr) >> 24 == 127 : host == "::1"
    }

    /// As a person writes it.
    var host: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        if family == AF_INET {
            var address = v4.sin_addr
            inet_ntop(AF_INET, &address, &text, socklen_t(text.count))
        } else {
            var address = v6.sin6_addr
            inet_ntop(AF_INET6, &address, &text, socklen_t(text.count))
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    mutating func bind(_ descriptor: Int32) -> Bool { withPointer { Glibc.bind(descriptor, $0, $1) == 0 } }

    /// Becomes the address that the socket has got.
    /// Becomes the address of the client that connected first.
    /// - Returns: its socket, else -1 and `errno`.
    mutating func accept(from listener: Int32) -> Int32 {
        withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { pointer in
                var size = socklen_t(MemoryLayout<sockaddr_storage>.size)
                return cw_http_accept(listener, pointer, &size)
            }
        }
    }

    mutating func readName(of descriptor: Int32) {
        withPointer { pointer, size in
            var size = size
            getsockname(descriptor, pointer, &size)
        }
    }

    private static let sizeV4 = MemoryLayout<sockaddr_in>.size
    private static let sizeV6 = MemoryLayout<sockaddr_in6>.size

    private var v4: sockaddr_in { withUnsafeBytes(of: storage) { $0.load(as: sockaddr_in.self) } }
    private var v6: sockaddr_in6 { withUnsafeBytes(of: storage) { $0.load(as: sockaddr_in6.self) } }

    mutating func withPointer<Value>(_ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Value) -> Value {
        let size = socklen_t(family == AF_INET ? Self.sizeV4 : Self.sizeV6)
        return withUnsafeMutablePointer(to: &storage) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, size) }
        }
    }
}
