import Access
import Configuration
import FoundationEssentials
import HTTPServer
import Platform
import PublicPages
import Tracing

/// `coursework serve`: answers HTTP.
struct ServeCommand: Command {
    static let name = "serve"
    static let summary = "answer HTTP: the API, the pages of certificates, unsubscriptions, health"
    static let actions: [String: [String]] = [:]
    static let help = """
        Answers HTTP until it is told to stop, by default from this machine alone: a proxy that speaks TLS
        stands before it.

        Usage: coursework serve [--listen ADDRESS:PORT] [--diagnostics] [--config FILE]

          --listen ADDRESS:PORT   an IP address and a port, instead of server.listen (127.0.0.1:8080);
                                  port 0 is any that is free, and the log says which
          --diagnostics           take the job types diagnostics.* as well
          --config FILE           the configuration

        \(ServeCommand.table)

        Roles are those of keys (coursework keys) and of tokens (server.jwt), which come as
        Authorization: Bearer …; without, all that is not for everybody answers 401, whether or not it is
        there. Anything else is 404. A request has 10 s for its head and 30 s for its body, and is answered
        within server.answerTimeout. Each is a line of the log, without the codes and tokens of its path.

        SIGTERM or Ctrl-C: it listens no more, finishes what it is answering within server.drain, and ends.
        """

    private let setup: Setup
    private let listen: ListenAddress
    private let diagnostics: Bool

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments)
        diagnostics = arguments.flag("--diagnostics")
        listen = try arguments.option("--listen").map(Self.address) ?? setup.configuration.server.listen
    }

    func run() async throws {
        OpenFileLimit.raise()
        let loop = try EventLoop()
        StandardErrorLog.gatherLines(on: loop)
        defer { StandardErrorLog.flush() }
        try await setup.withTracer("serve", on: loop) { tracer in
            let routes = try ServerRoutes(setup: setup, diagnostics: diagnostics, loop: loop)
            defer { routes.close() }
            let access = try ServerAccess(setup: setup, loop: loop)
            try await access.whileRunning { try await run(routes, access.gate, tracer, on: loop) }
        }
    }

    private func run(
        _ routes: ServerRoutes, _ gate: AccessGate, _ tracer: Tracer?, on loop: EventLoop
    ) async throws {
        let server = try serve(routes.all, gate, tracer, try options, on: loop)
        let drain = DrainRequest()
        try Lifetime.watch(on: loop, drain: { drain.begin() }, hurry: {})
        try Orphan.endWithParent(on: loop) { drain.begin() }
        setup.logger.notice(
            "server ready", [("listen", .string("\(ListenAddress(host: listen.host, port: server.port))"))])
        Readiness.announce()
        await drain.wait()
        Readiness.announceStopping()
        await server.stop()
        setup.logger.notice("server stopped")
    }

    private func serve(
        _ routes: [Route], _ gate: AccessGate, _ tracer: Tracer?, _ options: HTTPServerOptions, on loop: EventLoop
    ) throws -> HTTPServer {
        do {
            return try HTTPServer(
                Router(routes), options, gatekeeper: gate, loop: loop, logger: setup.logger, tracer: tracer)
        } catch let failure as HTTPServerFailure {
            throw CommandFailure(failure.needsOtherSettings ? .configuration : .unavailable, failure.description)
        }
    }

    private var options: HTTPServerOptions {
        get throws {
            let settings = setup.configuration.server
            var options = HTTPServerOptions(host: listen.host, port: listen.port)
            options.threads = settings.threads
            options.connections = settings.connections
            options.connectionsPerAddress = settings.connectionsPerAddress
            options.bodyBytes = settings.bodyBytes
            options.answerTimeout = settings.answerTimeout
            options.drain = settings.drain
            options.isBehindTLS = settings.isBehindTLS
            options.tls = try settings.tls.map { tls in
                TLSIdentity(certificates: try Self.text(of: tls.certificateFile), key: try Self.text(of: tls.keyFile))
            }
            return options
        }
    }

    private static func text(of file: String) throws -> String {
        do { return try String(contentsOfFile: file, encoding: .utf8) } catch {
            throw CommandFailure(.configuration, "\(file) of server.tls cannot be read; check its path and owner.")
        }
    }

    private static func address(_ text: String) throws -> ListenAddress {
        guard let address = ListenAddress(text) else {
            throw CommandFailure(.usage, "--listen must be an IP address and a port, such as 127.0.0.1:8080.")
        }
        return address
    }

    /// From the declarations themselves, so that it is true.
    private static var table: String {
        let routes = (try? ServerRoutes.documented) ?? []
        let width = routes.map { Self.target($0).count }.max() ?? 0
        return Role.allCases.compactMap { role in
            let rows = routes.filter { $0.role == role }.map { route in
                "  \(target(route))\(String(repeating: " ", count: width - target(route).count + 2))\(route.summary)"
            }
            guard !rows.isEmpty else { return nil }
            let title = role == .public ? "For everybody:" : "For the role \(role.rawValue), and those above it:"
            return ([title] + rows).joined(separator: "\n")
        }.joined(separator: "\n\n")
    }

    private static func target(_ route: Route) -> String { "\(route.method.rawValue) \(route.pattern)" }
}
