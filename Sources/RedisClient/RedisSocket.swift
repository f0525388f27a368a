internal import Glibc
internal import Platform

/// A connected, non-blocking stream socket.
enum RedisSocket {
    /// Connects. Name look-ups block, so they happen on a thread of their own.
    static func connect(
        to endpoint: RedisConfiguration.Endpoint, by deadline: MonotonicTime, on loop: EventLoop
    ) async throws -> FileDescriptor {
        switch endpoint {
        case .unix(let path):
            return try await connect(to: try SocketAddress(unixPath: path), by: deadline, on: loop)
        case .tcp(let host, let port):
            var failure: (any Error)?
            for address in try await SocketAddress.resolve(host: host, port: port) {
                do { return try await connect(to: address, by: deadline, on: loop) } catch { failure = error }
            }
            throw failure ?? SystemError(code: EADDRNOTAVAIL, attempt: "resolving \(host)")
        }
    }

    private static func connect(
        to address: SocketAddress, by deadline: MonotonicTime, on loop: EventLoop
    ) async throws -> FileDescriptor {
        let type = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = FileDescriptor(owning: socket(address.family, type, 0))
        guard descriptor.number >= 0 else { throw SystemError.last("opening a socket") }
        if address.family != AF_UNIX { tune(descriptor.number) }
        let begun = address.withPointer { Glibc.connect(descriptor.number, $0, $1) }
        if begun != 0 {
            guard errno == EINPROGRESS else { throw SystemError.last("connecting") }
            try await waitUntilConnected(descriptor.number, by: deadline, on: loop)
        }
        return descriptor
    }

    private static func waitUntilConnected(
        _ descriptor: Int32, by deadline: MonotonicTime, on loop: EventLoop
    ) async throws {
        let attempt = Promise<Bool>()
        let source = try loop.watch(descriptor, for: .writable) { _ in attempt.complete(with: true) }
        let timer = loop.schedule(at: deadline) { attempt.complete(with: false) }
        let inTime = await attempt.wait()
        loop.cancel(timer)
        loop.unwatch(source)
        guard inTime else { throw SystemError(code: ETIMEDOUT, attempt: "connecting") }
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size)
        guard code == 0 else { throw SystemError(code: code, attempt: "connecting") }
    }

    /// Small commands leave at once, and a peer that vanished is noticed within about half a minute of silence.
    private static func tune(_ descriptor: Int32) {
        set(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        set(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1)
        set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPIDLE, 15)
        set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPINTVL, 5)
        set(descriptor, Int32(IPPROTO_TCP), TCP_KEEPCNT, 3)
    }

    private static func set(_ descriptor: Int32, _ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }
}
