internal import CMicroHTTPD
internal import Glibc
package import Logging
package import Platform
internal import Synchronization
package import Tracing

/// An HTTP/1.1 server: it listens as soon as it exists, until ``stop()``.
package final class HTTPServer: Sendable {
    private static let checkEvery = Duration.milliseconds(250)
    /// How often those are asked after whose answers go on.
    private static let readmitEvery = Duration.seconds(1)
    /// For the answers to requests whose handlers were too late for a server that stops.
    private static let lastAnswers = Duration.seconds(1)

    /// The one it has got, where any was asked for.
    package let port: UInt16
    let options: HTTPServerOptions
    let router: Router
    let gatekeeper: any Gatekeeper
    let loop: EventLoop
    let logger: Logger
    /// Nil where nobody traces.
    let tracer: Tracer?
    let connections = ConnectionList()
    let acceptor: Acceptor
    let requestIDs = RequestIDs()
    let bodyBudget: ByteBudget
    /// What every answer has beside its own fields and those that libmicrohttpd adds.
    let securityFields: [HTTPResponse.Field]
    let isDraining = Atomic(false)
    private let readmitted = Mutex(MonotonicTime.now)
    private let daemons = Mutex<[Daemon]>([])

    /// - Parameters:
    ///   - gatekeeper: who lets in; by default nobody gets to what is not public.
    ///   - loop: where handlers run that wait.
    /// - Throws: ``HTTPServerFailure`` when it cannot listen.
    package init(
        _ router: Router, _ options: HTTPServerOptions, gatekeeper: any Gatekeeper = ClosedGate(), loop: EventLoop,
        logger: Logger, tracer: Tracer? = nil
    ) throws {
        let socket = try ListeningSocket(host: options.host, port: options.port)
        self.options = options
        self.router = router
        self.gatekeeper = gatekeeper
        self.loop = loop
        self.logger = logger
        self.tracer = tracer
        port = socket.port
        bodyBudget = ByteBudget(options.bodyBytesTogether)
        securityFields = options.isBehindTLS ? SecurityFields.behindTLS : SecurityFields.always
        acceptor = Acceptor(socket, options)
        try start()
        checkAgain()
    }

    private func start() throws {
        do {
            for _ in 0..<options.threads {
                let daemon = try Daemon(for: self)
                daemons.withLock { $0.append(daemon) }
            }
            try acceptor.start(daemons.withLock { $0 })
        } catch {
            for daemon in daemons.withLock({ $0 }) { Task { await daemon.stop() } }
            throw error
        }
    }

    /// Takes no more connections, finishes what is being answered within the time for it, and closes the rest. Returns
    /// when no thread of it runs any more. Safe to call twice.
    package func stop() async {
        let daemons = daemons.withLock { daemons in
            defer { daemons = [] }
            return daemons
        }
        guard !daemons.isEmpty else { return }
        isDraining.store(true, ordering: .relaxed)
        await acceptor.stop()
        await wait(upTo: options.drain) { connections.hasRequests }
        for exchange in connections.exchanges { exchange.answer(.problem(.serviceUnavailable)) }
        await wait(upTo: Self.lastAnswers) { connections.hasAnswers }
        for daemon in daemons { await daemon.stop() }
    }

    private func wait(upTo limit: Duration, while isBusy: () -> Bool) async {
        let end = MonotonicTime.now + limit
        endWhatRests()
        while isBusy(), MonotonicTime.now < end {
            await loop.sleep(for: .milliseconds(10))
            endWhatRests()
        }
    }

    private func endWhatRests() {
        connections.closeIdle()
        for open in connections.streams { open.stream.end() }
    }

    /// Cuts who is late, and answers for handlers that are.
    private func checkAgain() {
        loop.schedule(at: .now + Self.checkEvery) { [self] in
            guard !isDraining.load(ordering: .relaxed) else { return }
            for exchange in connections.check(at: .now) {
                logger.error("A handler did not answer in time", exchange.account.subject)
                exchange.answer(.problem(.gatewayTimeout))
            }
            readmit(at: .now)
            checkAgain()
        }
    }

    /// Ends the answers to those who would not be let in any more: their key was revoked, or its time is over.
    private func readmit(at now: MonotonicTime) {
        let isDue = readmitted.withLock { last in
            guard last + Self.readmitEvery <= now else { return false }
            last = now
            return true
        }
        guard isDue else { return }
        for open in connections.streams where !open.isStillAdmitted(by: gatekeeper) { open.stream.end() }
    }
}
