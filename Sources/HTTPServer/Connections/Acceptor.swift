internal import Glibc
internal import Platform
internal import Synchronization

/// Takes connections as they come, and gives each to the daemon that has the fewest.
///
/// Were each daemon to take them for itself, the one that wakes first would have them all, and the others nothing to do.
final class Acceptor: Sendable {
    /// What else there is to do on the loop has its turn after so many.
    private static let atOnce = 64
    /// How long none are taken when this process or the machine can open no more files.
    private static let pause = Duration.milliseconds(100)

    private struct State {
        var daemons: [Daemon] = []
        var source: EventSource?
        /// Open, or about to be: in all, and from each address.
        var total = 0
        var perAddress: [String: Int] = [:]
    }

    private let socket: Mutex<ListeningSocket?>
    private let listener: Int32
    private let most: Int
    private let mostPerAddress: Int
    private let state = Mutex(State())

    init(_ socket: consuming ListeningSocket, _ options: HTTPServerOptions) {
        listener = socket.descriptor.number
        most = options.connections
        // From a loopback address all come from one proxy.
        mostPerAddress = socket.isLoopback ? .max : options.connectionsPerAddress
        self.socket = Mutex(socket)
    }

    /// Begins, on the loop of the first.
    func start(_ daemons: [Daemon]) throws {
        state.withLock { $0.daemons = daemons }
        try watch()
    }

    /// Listens no more. Returns when none is under way.
    func stop() async {
        guard let loop = state.withLock({ $0.daemons.first?.loop }) else { return }
        await loop.finish {
            self.rest()
            self.state.withLock { $0.daemons = [] }
            self.socket.withLock { $0 = nil }
        }
    }

    /// One of an address is closed.
    func release(_ address: String) {
        let loop = state.withLock { state -> EventLoop? in
            state.perAddress[address, default: 0] -= 1
            if state.perAddress[address] == 0 { state.perAddress[address] = nil }
            defer { state.total -= 1 }
            return state.total == most ? state.daemons.first?.loop : nil
        }
        // What waits in the kernel's queue has room now.
        loop?.execute { self.goOn() }
    }

    // MARK: On the loop of the first daemon

    private func watch() throws {
        guard let loop = state.withLock({ $0.source == nil ? $0.daemons.first?.loop : nil }) else { return }
        let source = try loop.watch(listener, for: .readable) { [weak self] _ in self?.accept() }
        state.withLock { $0.source = source }
    }

    private func rest() {
        let (source, loop) = state.withLock { ($0.source.take(), $0.daemons.first?.loop) }
        if let source { loop?.unwatch(source) }
    }

    private func goOn() {
        // Where there is nothing left to watch it with, there is later.
        do { try watch() } catch { goOnLater() }
    }

    private func goOnLater() {
        state.withLock { $0.daemons.first?.loop }?.schedule(at: .now + Self.pause) { self.goOn() }
    }

    private func accept() {
        for _ in 0..<Self.atOnce {
            guard state.withLock({ $0.total < most }) else { return rest() }
            var address = SocketAddress()
            let client = address.accept(from: listener)
            if client >= 0 {
                take(client, address)
            } else if errno == EAGAIN {
                return
            } else if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) {
                rest()
                return goOnLater()
            }
        }
    }

    private func take(_ client: Int32, _ address: SocketAddress) {
        let host = address.host
        let daemon = state.withLock { state -> Daemon? in
            guard state.perAddress[host, default: 0] < mostPerAddress,
                let daemon = state.daemons.min(by: { $0.load < $1.load })
            else { return nil }
            state.total += 1
            state.perAddress[host, default: 0] += 1
            return daemon
        }
        guard let daemon else {
            close(client)
            return
        }
        daemon.add(client, address)
    }
}
