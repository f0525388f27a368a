import Configuration
import HTTPServer
import Platform
import PublicPages

/// `coursework serve`: answers HTTP.
struct ServeCommand: Command {
    static let name = "serve"
    static let summary = "answer HTTP: the API, the pages of certificates, unsubscriptions, health"
    static let help = """
        Answers HTTP until it is told to stop, by default from this machine alone: a proxy that speaks TLS
        stands before it.

        Usage: coursework serve [--listen ADDRESS:PORT] [--diagnostics] [--config FILE]

          --listen ADDRESS:PORT   an IP address and a port, instead of server.listen (127.0.0.1:8080);
                                  port 0 is any that is free, and the log says which
          --diagnostics           take the job types diagnostics.* as well
          --config FILE           the configuration

        \(ServeCommand.table)

        Anything else is 404. A request has 10 s for its head and 30 s for its body, and is answered within
        server.answerTimeout. Each is a line of the log, without the codes and tokens of its path.

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
        let routes = try ServerRoutes(setup: setup, diagnostics: diagnostics, loop: loop)
        defer { routes.close() }
        let server = try serve(routes.all, on: loop)
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

    private func serve(_ routes: [Route], on loop: EventLoop) throws -> HTTPServer {
        do {
            return try HTTPServer(Router(routes), options, loop: loop, logger: setup.logger)
        } catch let failure as HTTPServerFailure {
            throw CommandFailure(.unavailable, failure.description)
        }
    }

    private var options: HTTPServerOptions {
        let settings = setup.configuration.server
        var options = HTTPServerOptions(host: listen.host, port: listen.port)
        options.threads = settings.threads
        options.connections = settings.connections
        options.connectionsPerAddress = settings.connectionsPerAddress
        options.bodyBytes = settings.bodyBytes
        options.answerTimeout = settings.answerTimeout
        options.drain = settings.drain
        options.isBehindTLS = settings.isBehindTLS
        return options
    }

    private static func address(_ text: String) throws -> ListenAddress {
        guard let address = ListenAddress(text) else {
            throw CommandFailure(.usage, "--listen must be an IP address and a port, such as 127.0.0.1:8080.")
        }
        return address
    }

    /// From the declarations themselves, so that it is true.
    private static var table: String {
        let rows = ((try? ServerRoutes.documented) ?? []).map { ("\($0.method.rawValue) \($0.pattern)", $0.summary) }
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { "  \($0)\(String(repeating: " ", count: width - $0.count + 2))\($1)" }.joined(separator: "\n")
    }
}
