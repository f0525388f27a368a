internal import CMicroHTTPD
internal import Glibc
internal import Platform

/// libmicrohttpd's threads, and the callbacks by which they drive a server's exchanges.
///
/// Sendable, since its pointer is used only to stop it, by whoever took it out of the server.
final class Daemon: @unchecked Sendable {
    private let pointer: OpaquePointer
    /// The server is theirs as long as they run.
    private let server: Unmanaged<HTTPServer>

    /// Starts the threads, which listen on the socket.
    init(for server: HTTPServer, on socket: consuming ListeningSocket) throws {
        let options = server.options
        self.server = Unmanaged.passRetained(server)
        // The daemon owns the socket from now on.
        let listener = fcntl(socket.descriptor.number, F_DUPFD_CLOEXEC, 0)
        var settings = cw_http_daemon(
            listener: listener, threads: UInt32(options.threads), connections: UInt32(options.connections),
            connections_per_address: socket.isLoopback ? 0 : UInt32(options.connectionsPerAddress),
            connection_bytes: options.headBytes, context: self.server.toOpaque(), on_request: onRequest,
            on_request_line: onRequestLine, on_completion: onCompletion, on_connection: onConnection,
            certificate: nil, key: nil, unescape: { _, _, text in text.map { strlen($0) } ?? 0 })
        guard let pointer = Self.start(&settings, options.tls) else {
            let error = SystemError.last("starting libmicrohttpd")
            self.server.release()
            close(listener)
            guard options.tls == nil else { throw Self.noTLS }
            throw HTTPServerFailure(description: "\(error).")
        }
        self.pointer = pointer
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

    /// Stops listening.
    func quiesce() {
        let listener = MHD_quiesce_daemon(pointer)
        if listener >= 0 { close(listener) }
    }

    /// Closes all connections. Returns when the threads have ended.
    func stop() async {
        let ended = Promise<Void>()
        do {
            try SystemThread.start(name: "http-stop") {
                MHD_stop_daemon(self.pointer)
                ended.complete(with: ())
            }
            await ended.wait()
        } catch {
            MHD_stop_daemon(pointer)
        }
        server.release()
    }
}

// MARK: - Callbacks, on the daemon's threads

private let onConnection: MHD_NotifyConnectionCallback = { context, connection, place, code in
    guard let context, let connection, let place else { return }
    let server = Unmanaged<HTTPServer>.fromOpaque(context).takeUnretainedValue()
    if code == .CONNECTION_NOTIFY_STARTED {
        let handle = ConnectionHandle(pointer: connection)
        let opened = OpenConnection(
            socket: handle.socket, client: handle.client, isEncrypted: server.options.tls != nil,
            deadline: .now + server.options.headTimeout)
        server.connections.add(opened)
        place.pointee = Unmanaged.passRetained(opened).toOpaque()
    } else if let opened = place.pointee {
        server.connections.remove(Unmanaged<OpenConnection>.fromOpaque(opened).takeRetainedValue())
    }
}

/// Its result is what the other callbacks of the request are given.
private let onRequestLine:
    @convention(c) (UnsafeMutableRawPointer?, UnsafePointer<CChar>?, OpaquePointer?) -> UnsafeMutableRawPointer? = {
        context, target, connection in
        guard let context, let connection else { return nil }
        let server = Unmanaged<HTTPServer>.fromOpaque(context).takeUnretainedValue()
        let handle = ConnectionHandle(pointer: connection)
        guard let opened = handle.context else { return nil }
        let exchange = Exchange(
            target: Array(CText(target)), connection: Unmanaged.fromOpaque(opened).takeUnretainedValue(),
            handle: handle)
        _ = exchange.connection.enter(.head, until: exchange.begun + server.options.headTimeout)
        return Unmanaged.passRetained(exchange).toOpaque()
    }

private let onRequest: MHD_AccessHandlerCallback = {
    context, connection, _, method, _, bytes, count, place in
    guard let context, let connection, let opaque = place?.pointee, let count else { return .NO }
    let server = Unmanaged<HTTPServer>.fromOpaque(context).takeUnretainedValue()
    let exchange = Unmanaged<Exchange>.fromOpaque(opaque).takeUnretainedValue()
    let piece = UnsafeRawBufferPointer(start: bytes, count: count.pointee)
    count.pointee = 0
    let goesOn = server.drive(exchange, ConnectionHandle(pointer: connection), method, piece)
    return goesOn ? .YES : .NO
}

private let onCompletion: MHD_RequestCompletedCallback = { context, _, place, _ in
    guard let context, let exchange = place?.pointee else { return }
    place?.pointee = nil
    let server = Unmanaged<HTTPServer>.fromOpaque(context).takeUnretainedValue()
    server.complete(Unmanaged<Exchange>.fromOpaque(exchange).takeRetainedValue())
}
