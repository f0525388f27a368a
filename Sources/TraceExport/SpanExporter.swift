package import Logging
package import Platform
internal import Synchronization
package import Tracing

/// Sends finished spans to the collector, in portions, beside everything else: nobody waits for it, and a collector that is
/// away, hangs or refuses costs spans and nothing more.
package final class SpanExporter: Sendable {
    /// What became of spans.
    package struct Counts: Sendable, Equatable {
        package var sent = 0
        package var dropped = 0

        package init(sent: Int = 0, dropped: Int = 0) { (self.sent, self.dropped) = (sent, dropped) }
    }

    package struct Options: Sendable {
        /// How long a span waits for others to be sent with.
        package var gather = Duration.seconds(1)
        /// How long one request may take.
        package var request = Duration.seconds(10)
        /// How long a portion is tried before it is dropped.
        package var deadline = Duration.seconds(30)
        /// How often drops are logged at the most.
        package var complainEvery = Duration.seconds(60)
        /// How often the counts are told.
        package var tellEvery = Duration.seconds(5)
        /// How long the last spans are tried when the process ends.
        package var flush = Duration.seconds(1)

        package init() {}
    }

    private struct State {
        var untold = Counts()
        /// Dropped since the log last said so, and why.
        var unsaid = 0
        var reason = "the queue is full"
        var lastSaid: MonotonicTime?
        var lastTold = MonotonicTime.now
        /// When it ends, once it has been told to.
        var end: MonotonicTime?
    }

    /// For libcurl to notice that its request is cancelled.
    private static let lastBreath = Duration.milliseconds(1500)

    private let tracer: Tracer
    private let collector: Collector
    private let request: OTLPRequest
    private let options: Options
    private let loop: EventLoop
    private let executor: BlockingExecutor
    private let logger: Logger
    /// Tells the counts to whoever adds them up; false to be told again.
    private let tell: @Sendable (Counts) async -> Bool
    private let state = Mutex(State())

    package init(
        of tracer: Tracer, to endpoint: String, certificatesFile: String? = nil, as resource: [SpanAttribute],
        _ options: Options = Options(), loop: EventLoop, logger: Logger,
        tell: @escaping @Sendable (Counts) async -> Bool = { _ in true }
    ) {
        executor = BlockingExecutor(label: "coursework.traces", width: 1)
        collector = Collector(endpoint: endpoint, certificatesFile: certificatesFile, executor: executor)
        request = OTLPRequest(resource: resource)
        (self.tracer, self.options, self.loop) = (tracer, options, loop)
        (self.logger, self.tell) = (logger, tell)
    }

    /// Exports while the body runs, and a moment longer, for the last spans.
    package func whileRunning<Value>(_ body: () async throws -> Value) async throws -> Value {
        // On a thread of its own, where spans become bytes too: not on the loop, which renews leases.
        let ended = Promise<Void>()
        let sending = Task(executorPreference: executor) {
            await self.send()
            ended.complete(with: ())
        }
        let accounting = Task(executorPreference: loop) { await self.keepAccount() }
        let result: Result<Value, any Error>
        do { result = .success(try await body()) } catch { result = .failure(error) }
        state.withLock { $0.end = .now + options.flush }
        tracer.queue.hurry()
        let flushed = loop.schedule(at: .now + options.flush) { sending.cancel() }
        await wait(for: ended, atMost: options.flush + Self.lastBreath)
        loop.cancel(flushed)
        accounting.cancel()
        await settle()
        return try result.get()
    }

    private func wait(for promise: Promise<Void>, atMost limit: Duration) async {
        let timer = loop.schedule(at: .now + limit) { promise.complete(with: ()) }
        await promise.wait()
        loop.cancel(timer)
    }

    private var end: MonotonicTime? { state.withLock { $0.end } }

    private func send() async {
        while true {
            let isLast = end != nil
            let spans = await tracer.queue.next(by: isLast ? .now : .now + options.gather, on: loop)
            if !spans.isEmpty { await export(spans) }
            if isLast, spans.isEmpty || (end ?? .now) <= .now { return }
        }
    }

    // MARK: A portion

    private func export(_ spans: [FinishedSpan]) async {
        let body = request.bytes(of: spans)
        let deadline = MonotonicTime.now + options.deadline
        var failures = 0
        while true {
            let left = min(deadline, end ?? deadline).since(.now)
            switch await collector.send(body, within: min(left, options.request)) {
            case .taken: return state.withLock { $0.untold.sent += spans.count }
            case .refused(let reason): return noteDropped(spans.count, because: reason)
            case .notNow(let reason, let wait):
                failures += 1
                let pause = wait ?? .backOff(base: .milliseconds(500), cap: .seconds(5), failures: failures)
                guard MonotonicTime.now + pause < min(deadline, end ?? deadline) else {
                    return noteDropped(spans.count, because: reason)
                }
                await sleep(for: pause)
            }
        }
    }

    /// Until the process ends at the most.
    private func sleep(for pause: Duration) async {
        let wake = MonotonicTime.now + pause
        while end == nil, case let left = wake.since(.now), left > .zero {
            await loop.sleep(for: min(left, .milliseconds(100)))
        }
    }

    // MARK: What became of them

    /// Beside the sending, which may wait for a collector that hangs.
    private func keepAccount() async {
        while !Task.isCancelled {
            await loop.sleep(for: max(.milliseconds(20), min(.seconds(1), options.tellEvery)))
            await account(atOnce: false)
        }
    }

    /// What is left now is lost. Whoever adds the counts up may be away, too.
    private func settle() async {
        noteDropped(tracer.queue.count, because: nil)
        let settled = Promise<Void>()
        Task(executorPreference: loop) {
            await self.account(atOnce: true)
            settled.complete(with: ())
        }
        await wait(for: settled, atMost: Self.lastBreath)
    }

    private func account(atOnce: Bool) async {
        noteDropped(tracer.queue.takeDropped(), because: nil)
        complain()
        await tellCounts(atOnce: atOnce)
    }

    /// - Parameter reason: nil when there was no room for them.
    private func noteDropped(_ count: Int, because reason: String?) {
        guard count > 0 else { return }
        state.withLock { state in
            state.untold.dropped += count
            state.unsaid += count
            if let reason { state.reason = reason }
        }
    }

    /// Once a minute, however many they are.
    private func complain() {
        let said: (count: Int, reason: String)? = state.withLock { state in
            let now = MonotonicTime.now
            let isSilent = state.lastSaid.map { now.since($0) < options.complainEvery } ?? false
            guard state.unsaid > 0, !isSilent else { return nil }
            defer { (state.unsaid, state.lastSaid) = (0, now) }
            return (state.unsaid, state.reason)
        }
        guard let said else { return }
        logger.warning(
            "Spans were dropped, since the collector of tracing.endpoint does not take them",
            [("spans", .integer(said.count)), ("reason", .string(said.reason))])
    }

    private func tellCounts(atOnce: Bool) async {
        let counts: Counts? = state.withLock { state in
            let now = MonotonicTime.now
            guard state.untold != Counts(), atOnce || now.since(state.lastTold) >= options.tellEvery else { return nil }
            defer { (state.untold, state.lastTold) = (Counts(), now) }
            return state.untold
        }
        guard let counts, await !tell(counts) else { return }
        state.withLock { state in
            state.untold.sent += counts.sent
            state.untold.dropped += counts.dropped
        }
    }
}
