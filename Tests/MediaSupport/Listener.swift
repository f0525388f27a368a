internal import Glibc
internal import Platform
internal import TestSupport

/// A port of this machine that nobody should call.
public final class Listener: Sendable {
    public let port: Int
    private let descriptor: FileDescriptor

    public init() throws {
        descriptor = FileDescriptor(owning: socket(AF_INET, Int32(SOCK_STREAM.rawValue) | O_NONBLOCK, 0))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let number = descriptor.number
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, length) == 0 && listen(number, 16) == 0 && getsockname(number, $0, &length) == 0
            }
        }
        guard isBound else { throw TestFailure("no port to listen on") }
        port = Int(UInt16(bigEndian: address.sin_port))
    }

    public var wasCalled: Bool {
        let connection = accept(descriptor.number, nil, nil)
        if connection >= 0 { close(connection) }
        return connection >= 0
    }
}
