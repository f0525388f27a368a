internal import Glibc
internal import Platform
internal import Synchronization

/// Passes connections on to a port of this machine, each piece of data a little later: a network between.
///
/// Two blocking threads a connection are enough for a benchmark, and simple enough to be trusted with its clock.
final class DelayProxy: Sendable {
    let port: UInt16
    private let target: UInt16
    private let delay: Duration
    private let listener: LoopbackListener
    private let sockets = Mutex<[Int32]>([])

    init(to target: UInt16, delay: Duration) throws {
        listener = try LoopbackListener()
        port = listener.port
        self.target = target
        self.delay = delay
        try SystemThread.start(name: "delay-accept") { self.acceptConnections() }
    }

    /// Ends all connections; the threads follow.
    func stop() {
        shutdown(listener.socket.number, Int32(SHUT_RDWR))
        for socket in sockets.withLock({ $0 }) { shutdown(socket, Int32(SHUT_RDWR)) }
    }

    private func acceptConnections() {
        while true {
            let near = accept(listener.socket.number, nil, nil)
            guard near >= 0 else { return }
            let far = connectToTarget()
            for socket in [near, far] { setNoDelay(socket) }
            sockets.withLock { $0 += [near, far] }
            try? SystemThread.start(name: "delay-there") { self.pass(from: near, to: far) }
            try? SystemThread.start(name: "delay-back") { self.pass(from: far, to: near) }
        }
    }

    private func connectToTarget() -> Int32 {
        let far = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = LoopbackListener.address(port: target)
        withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = connect(far, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        return far
    }

    private func setNoDelay(_ socket: Int32) {
        var on: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private func pass(from: Int32, to: Int32) {
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        var wait = timespec(tv_sec: 0, tv_nsec: Int(delay.components.attoseconds / 1_000_000_000))
        while true {
            let count = recv(from, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            nanosleep(&wait, nil)
            var sent = 0
            while sent < count {
                let more = buffer.withUnsafeBytes {
                    send(to, $0.baseAddress! + sent, count - sent, Int32(MSG_NOSIGNAL))
                }
                guard more > 0 else { break }
                sent += more
            }
        }
        shutdown(to, Int32(SHUT_RDWR))
        close(from)
    }
}
