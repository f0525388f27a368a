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
    let requestIDs = RequestIDs()
    let bodyBudget: ByteBudget
    let securityFields: SecurityFields
    let isDraining = Atomic(false)
    private let readmitted = Mutex(MonotonicTime.now)
    private let daemon: Mutex<Daemon?>

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
        securityFields = SecurityFields(isBehindTLS: options.isBehindTLS)
        daemon = Mutex(nil)
        let started = try Daemon(for: self, on: socket)
        daemon.withLock { $0 = started }
        checkAgain()
    }

    /// Takes no more connections, finishes what is being answered within the time for it, and closes the rest. Returns
    /// when no thread of it runs any more. Safe to call twice.
    package func stop() async {
        guard let daemon = daemon.withLock({ $0.take() }) else { return }
        isDraining.store(true, ordering: .relaxed)
        daemon.quiesce()
        await wait(upTo: options.drain) { connections.hasRequests }
        for exchange in connections.exchanges { exchange.answer(.problem(.serviceUnavailable)) }
        await wait(upTo: Self.lastAnswers) { connections.hasAnswers }
        await daemon.stop()
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
        loop.schedule(at: .now + Self.checkEvery) { [weak self] in
            guard let self, !isDraining.load(ordering: .relaxed) else { return }
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

    /// All fields of an answer but those that libmicrohttpd adds.
    func fields(of response: HTTPResponse, _ requestID: String) -> [HTTPResponse.Field] {
        var fields = securityFields.complete(response.fields)
        fields.append(("X-Request-Id", requestID))
        if isDraining.load(ordering: .relaxed) { fields.append(("Connection", "close")) }
        return fields
    }
}
