internal import Glibc
internal import Platform
internal import Synchronization

/// One connection: pipelines go out in the order they were sent, answers come back in the same order.
///
/// When it fails it fails for good: everything unanswered gets the error, and its client opens another.
final class RedisConnection: Sendable {
    private let socket: FileDescriptor
    private let loop: EventLoop
    private let configuration: RedisConfiguration
    private let onFailure: @Sendable (RedisError) -> Void
    private let state = Mutex(ConnectionState())
    private let source = Mutex<EventSource?>(nil)
    private let reading: ReadingSide

    init(
        socket: consuming FileDescriptor, loop: EventLoop, configuration: RedisConfiguration,
        onFailure: @escaping @Sendable (RedisError) -> Void
    ) {
        self.socket = socket
        self.loop = loop
        self.configuration = configuration
        reading = ReadingSide(user: configuration.user)
        self.onFailure = onFailure
    }

    /// Begins to watch the socket. Call it once, before the first send.
    func open() throws(SystemError) {
        let opened = try loop.watch(socket.number, for: .hangup) { [weak self] in self?.handle($0) }
        source.withLock { $0 = opened }
    }

    var endpoint: RedisConfiguration.Endpoint { configuration.endpoint }

    /// Why it ended; nil while it lives.
    var failure: RedisError? { state.withLock { $0.failure } }

    func close() { fail(RedisError(.closed, "The Redis connection was closed.")) }

    func send(_ pipeline: RedisPipeline, deadline: MonotonicTime) async -> PendingReply.Answer {
        do throws(RedisError) {
            let reply = try await begin(pipeline, deadline: deadline, maySpin: true)
            if let answer = reply.answer.value { return answer }
            return await reply.answer.wait()
        } catch {
            return .failure(error)
        }
    }

    /// Sends, and leaves the waiting to the caller. What is begun first is carried out first.
    /// - Parameter maySpin: whether to watch for the answer before returning.
    func begin(
        _ pipeline: RedisPipeline, deadline: MonotonicTime, maySpin: Bool
    ) async throws(RedisError) -> PendingReply {
        while let room = state.withLock({ $0.room(limit: configuration.sendBufferLimit) }) { await room.wait() }
        let reply = PendingReply(commands: pipeline.count, deadline: deadline)
        let duties = try submit(reply, pipeline.bytes, maySpin: maySpin && configuration.spin > .zero)
        if duties.scheduleTimeout { scheduleTimeout(at: deadline) }
        if duties.checkSilence { checkSilence() }
        if let bytes = duties.write { write(bytes[...]) }
        if duties.scheduleFlush { loop.execute { self.flush() } }
        if duties.spin { spin(for: reply) }
        return reply
    }

    private func submit(
        _ reply: PendingReply, _ bytes: [UInt8], maySpin: Bool
    ) throws(RedisError) -> ConnectionState.Duties {
        let isOnLoop = loop.isCurrent
        return try state.withLock { (state: inout sending ConnectionState) throws(RedisError) in
            let before = state.interest
            let duties = try state.submit(reply, bytes, isOnLoop: isOnLoop, maySpin: maySpin)
            updateInterest(from: before, to: state.interest)
            return duties
        }
    }

    // MARK: Writing

    /// Writes a piece and all that gathers meanwhile. Only the one whom the state made the writer may call it.
    private func write(_ bytes: ArraySlice<UInt8>) {
        var rest = bytes
        while true {
            let sent = rest.withUnsafeBytes { Glibc.send(socket.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent < 0, errno == EINTR { continue }
            if sent < 0, errno == EAGAIN { return stall(rest) }
            guard sent >= 0 else { return lose("\(SystemError.last("writing to Redis"))") }
            rest = rest.dropFirst(sent)
            guard rest.isEmpty else { continue }
            let (piece, room) = state.withLock { $0.nextPiece() }
            for waiter in room { waiter.complete(with: ()) }
            guard let piece else { return }
            rest = piece[...]
        }
    }

    private func stall(_ rest: ArraySlice<UInt8>) {
        state.withLock { state in
            let before = state.interest
            state.stall(rest)
            updateInterest(from: before, to: state.interest)
        }
    }

    private func continueWriting() {
        let rest = state.withLock { state in
            let before = state.interest
            let rest = state.takeStalled()
            updateInterest(from: before, to: state.interest)
            return rest
        }
        if !rest.isEmpty { write(rest) }
    }

    /// Sends what gathered.
    private func flush() {
        if let bytes = state.withLock({ $0.takeUnsent() }) { write(bytes[...]) }
    }

    // MARK: Reading

    /// Called under the lock, so that epoll's view and the state's never part.
    private func updateInterest(from before: Events, to after: Events) {
        guard before != after, let source = source.withLock({ $0 }) else { return }
        loop.change(source, to: after)
    }

    private func handle(_ events: Events) {
        if events.contains(.writable) { continueWriting() }
        guard !events.isDisjoint(with: [.readable, .hangup, .failure]) else { return }
        if state.withLock({ $0.claimReading() }) {
            readAnswers()
            state.withLock { $0.finishReading() }
            flush()
        } else if !events.isDisjoint(with: [.hangup, .failure]) {
            // The caller that reads sees the end itself; the loop must not be told of it for ever.
            unwatch()
            // Unless it has just stopped reading, or does so next without having seen it: see `spin`.
            readUnwatched()
        }
    }

    /// Watches the socket for a short while instead of sleeping: an answer from this machine comes sooner than a
    /// sleeping thread wakes.
    private func spin(for reply: PendingReply) {
        let end = MonotonicTime.now + configuration.spin
        repeat {
            readAnswers()
            if reply.answer.value != nil { break }
            // Redis may be waiting for this very core.
            Processor.yield()
        } while MonotonicTime.now < end
        state.withLock { state in
            let before = state.interest
            state.stopSpinning(answered: reply.answer.value != nil)
            updateInterest(from: before, to: state.interest)
        }
        if source.withLock({ $0 == nil }) { loop.execute { [weak self] in self?.readUnwatched() } }
        flush()
    }

    /// Reads what came before the end, and the end: epoll will not tell of either again.
    private func readUnwatched() {
        guard state.withLock({ $0.claimReading() }) else { return }
        readAnswers(toTheEnd: true)
        state.withLock { $0.finishReading() }
    }

    /// An answer that came before its question is no answer to it.
    private func checkSilence() {
        var byte: UInt8 = 0
        guard recv(socket.number, &byte, 1, Int32(MSG_DONTWAIT | MSG_PEEK)) > 0 else { return }
        fail(RedisError(.protocolViolation, "Redis sent an answer nobody asked for."))
    }

    /// Reads what is there. Only the one whom the state made the reader may call it.
    private func readAnswers(toTheEnd: Bool = false) {
        while true {
            let count = recv(socket.number, reading.buffer.baseAddress, reading.buffer.count, Int32(MSG_DONTWAIT))
            if count > 0 {
                guard take(count) else { return }
                // There is hardly more, and epoll would say so.
                if count < reading.buffer.count, !toTheEnd { return }
            } else if count == 0 {
                return lose("Redis closed the connection")
            } else if errno == EAGAIN {
                return
            } else if errno != EINTR {
                return lose("\(SystemError.last("reading from Redis"))")
            }
        }
    }

    private func take(_ count: Int) -> Bool {
        reading.parser.feed(UnsafeRawBufferPointer(rebasing: reading.buffer[..<count]))
        do throws(RedisError) {
            while try reading.parser.parseAnswer() { try answerOne() }
            return true
        } catch {
            fail(error)
            return false
        }
    }

    private func answerOne() throws(RedisError) {
        if reading.current == nil {
            reading.current = state.withLock { $0.pending.first }
            reading.missing = reading.current?.commands ?? 0
        }
        guard let current = reading.current else {
            throw RedisError(.protocolViolation, "Redis sent an answer nobody asked for.")
        }
        reading.missing -= 1
        guard reading.missing == 0 else { return }
        reading.current = nil
        state.withLock { $0.removeAnswered() }
        current.answer.complete(with: .success(reading.parser.takeReply()))
    }

    // MARK: Ending

    private func scheduleTimeout(at deadline: MonotonicTime) {
        loop.schedule(at: deadline) { [weak self] in self?.checkTimeout(scheduledAt: deadline) }
    }

    private func checkTimeout(scheduledAt time: MonotonicTime) {
        switch state.withLock({ $0.checkTimeout(scheduledAt: time, now: .now) }) {
        case .none: return
        case .at(let deadline): scheduleTimeout(at: deadline)
        case .expired:
            fail(RedisError(.timeout, "Redis at \(configuration.endpoint) did not answer in time."))
        }
    }

    private func lose(_ reason: String) {
        fail(RedisError(.connectionLost, "The connection to Redis at \(configuration.endpoint) was lost: \(reason)."))
    }

    func fail(_ error: RedisError) {
        guard let (unanswered, room) = state.withLock({ $0.fail(error) }) else { return }
        // First of all, so that whoever hears of the failure and asks again is given another connection.
        onFailure(error)
        unwatch()
        shutdown(socket.number, Int32(SHUT_RDWR))
        for reply in unanswered { reply.answer.complete(with: .failure(error)) }
        for waiter in room { waiter.complete(with: ()) }
    }

    private func unwatch() {
        guard let source = source.withLock({ $0.take() }) else { return }
        loop.unwatch(source)
    }
}
