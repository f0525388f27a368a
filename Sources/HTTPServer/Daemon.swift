internal import CMicroHTTPD
internal import Glibc
internal import Platform
internal import Synchronization

/// libmicrohttpd on an event loop of its own, and the callbacks by which it drives a server's exchanges.
///
/// One thread reads a request, calls its handler and sends its answer; what a handler awaits of Redis can come on the same
/// loop. So a request that is answered soon wakes no other thread on its way, and none for itself: many are handled at each
/// turn.
///
/// Sendable, since all that is not said to come from any thread happens on the loop.
final class Daemon: @unchecked Sendable {
    /// What came meanwhile on the loop has its turn after so many of the library's.
    private static let turnsAtOnce = 8
    /// How long what waits in the library's own buffers may be left there, while nobody can tell it from what waits for its
    /// handler.
    private static let lookAgainAfter = Duration.milliseconds(1)

    let loop: EventLoop
    let server: HTTPServer
    /// Nil before the beginning, and after the end.
    private var pointer: OpaquePointer?
    private var source: EventSource?
    private let isDue = Atomic(false)
    /// Connections that it has, or is about to have.
    private let connections = Atomic(0)
    /// The address of the client whose socket the library is given, until it begins with it.
    private var newcomer: String?
    private var looksAgain = false
    /// Set by the callbacks of a turn: whether the next one has something to do, and how many requests wait in place for
    /// their handlers.
    private var goesOn = false
    private var waiting = 0

    /// Starts the loop.
    init(for server: HTTPServer) throws {
        self.server = server
        loop = try EventLoop(name: "http")
        do {
            let pointer = try start()
            self.pointer = pointer
            // Not weakly, which would make every other reference to it slower: it ends by ``stop()``.
            source = try loop.watch(cw_http_epoll(pointer), for: .readable) { _ in self.run() }
        } catch {
            if let pointer { MHD_stop_daemon(pointer) }
            loop.stop()
            throw error
        }
    }

    private func start() throws -> OpaquePointer {
        let options = server.options
        var settings = cw_http_daemon(
            connections: UInt32(options.connections), connection_bytes: options.headBytes,
            context: Unmanaged.passUnretained(self).toOpaque(),
            on_request: onRequest, on_request_line: onRequestLine, on_completion: onCompletion,
            on_connection: onConnection, certificate: nil, key: nil,
            unescape: { _, _, text in text.map { strlen($0) } ?? 0 })
        guard let pointer = Self.start(&settings, options.tls) else {
            let error = SystemError.last("starting libmicrohttpd")
            guard options.tls == nil else { throw Self.noTLS }
            throw HTTPServerFailure(description: "\(error).")
        }
        return pointer
    }

    private static let noTLS = HTTPServerFailure(
        description: """
            TLS cannot be spoken: see that server.tls names a certificate and its key in PEM, without a passphrase, and \
            that they belong together.
            """, needsOtherSettings: true)

    /// The library reads certificate and key before it returns.
    private static func start(_ settings: inout cw_http_daemon, _ tls: TLSIdentity?) -> OpaquePointer? {
        guard let tls else { return cw_http_start(&settings) }
        return tls.certificates.withCString { certificates in
            tls.key.withCString { key in
                (settings.certificate, settings.key) = (certificates, key)
                return cw_http_start(&settings)
            }
        }
    }

    /// Closes all connections. Returns when nothing of it runs any more.
    func stop() async {
        await loop.finish {
            if let source = self.source.take() { self.loop.unwatch(source) }
            if let pointer = self.pointer.take() { MHD_stop_daemon(pointer) }
        }
        loop.stop()
    }

    // MARK: Connections

    var load: Int { connections.load(ordering: .relaxed) }

    /// Takes over a client's socket. On any thread.
    func add(_ client: Int32, _ address: SocketAddress) {
        connections.add(1, ordering: .relaxed)
        loop.execute { self.begin(client, address) }
    }

    private func begin(_ client: Int32, _ address: SocketAddress) {
        var address = address
        let host = address.host
        guard let pointer else {
            close(client)
            return forget(host)
        }
        newcomer = host
        // It closes the socket in any case.
        _ = address.withPointer { MHD_add_connection(pointer, client, $0, $1) }
        if newcomer.take() != nil { forget(host) }
    }

    /// For the callbacks: a connection has begun, from this address.
    func takeNewcomer() -> String? { newcomer.take() }

    /// For the callbacks: a connection has ended.
    func forget(_ address: String) {
        connections.subtract(1, ordering: .relaxed)
        server.acceptor.release(address)
    }

    // MARK: Turns

    /// Has the library look after what was resumed, or has its answer now. On any thread.
    func runSoon() {
        guard !isDue.exchange(true, ordering: .acquiringAndReleasing) else { return }
        loop.execute { self.run() }
    }

    private func run() {
        isDue.store(false, ordering: .sequentiallyConsistent)
        guard let pointer else { return }
        var turns = 0
        repeat {
            (goesOn, waiting) = (false, 0)
            _ = MHD_run(pointer)
            turns += 1
        } while goesOn && turns < Self.turnsAtOnce && cw_http_has_more(pointer)
        guard cw_http_has_more(pointer) else { return }
        if goesOn || waiting == 0 { runSoon() } else { lookAgain() }
    }

    private func lookAgain() {
        guard !looksAgain else { return }
        looksAgain = true
        loop.schedule(at: .now + Self.lookAgainAfter) {
            self.looksAgain = false
            self.run()
        }
    }

    /// For the callbacks: the library has something to do at its next turn.
    func goOn() { goesOn = true }

    /// For the callbacks: a request stays where it is until its answer is there.
    func noteWaiting() { waiting += 1 }
}

// MARK: - Callbacks, on the daemon's loop

private let onConnection: MHD_NotifyConnectionCallback = { context, connection, place, code in
    guard let context, let connection, let place else { return }
    let daemon = Unmanaged<Daemon>.fromOpaque(context).takeUnretainedValue()
    let connections = daemon.server.connections
    if code == .CONNECTION_NOTIFY_STARTED {
        guard let client = daemon.takeNewcomer() else { return }
        let opened = OpenConnection(
            socket: ConnectionHandle(pointer: connection).socket, client: client,
            isEncrypted: daemon.server.options.tls != nil,
            daemon: daemon, deadline: .now + daemon.server.options.headTimeout)
        connections.add(opened)
        place.pointee = Unmanaged.passRetained(opened).toOpaque()
    } else if let opened = place.pointee {
        let opened = Unmanaged<OpenConnection>.fromOpaque(opened).takeRetainedValue()
        connections.remove(opened)
        daemon.forget(opened.client)
    }
}

/// Its result is what the other callbacks of the request are given.
private let onRequestLine:
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
        context, target, connection in
        guard let context, let connection else { return nil }
        let daemon = Unmanaged<Daemon>.fromOpaque(context).takeUnretainedValue()
        let handle = ConnectionHandle(pointer: connection)
        guard let opened = handle.connection else { return nil }
        let exchange = Exchange(target: Array(CText(target).bytes), connection: opened, handle: handle)
        _ = opened.enter(.head, until: exchange.begun + daemon.server.options.headTimeout)
        return Unmanaged.passRetained(exchange).toOpaque()
    }

private let onRequest: MHD_AccessHandlerCallback = {
    context, connection, _, method, _, bytes, count, place in
    guard let context, let connection, let opaque = place?.pointee, let count else { return .NO }
    let daemon = Unmanaged<Daemon>.fromOpaque(context).takeUnretainedValue()
    let exchange = Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
    let piece = UnsafeRawBufferPointer(start: bytes, count: count.pointee)
    count.pointee = 0
    let goesOn = daemon.server.drive(exchange, ConnectionHandle(pointer: connection), method, piece)
    return goesOn ? .YES : .NO
}

private let onCompletion: MHD_RequestCompletedCallback = { context, _, place, _ in
    guard let context, let exchange = place?.pointee else { return }
    place?.pointee = nil
    let daemon = Unmanaged<Daemon>.fromOpaque(context).takeUnretainedValue()
    daemon.server.complete(Unmanaged<Exchange>.fromOpaque(exchange).takeRetainedValue())
}
