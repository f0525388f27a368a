public import Platform
internal import Synchronization

/// A Redis server, reached over one connection that is opened when it is needed and again when it was lost.
///
/// Any number of tasks may send at once; their commands share the connection and leave together when they can.
/// While Redis is away, senders wait until their deadline and nothing spins: attempts to connect are spaced by a
/// capped exponential wait with full jitter. A command is never sent twice: one whose connection ended before its
/// answer came throws an error whose `mayHaveExecuted` is true, and the caller decides.
///
/// A blocking command holds up all others of its connection, so readers that block have a client of their own.
public final class RedisClient: Sendable {
    private typealias Opened = Result<RedisConnection, RedisError>

    private enum Link {
        /// No connection, and nobody who wants one.
        case idle
        case connecting
        case open(RedisConnection)
        case closed
    }

    private struct State {
        var link = Link.idle
        var waiting: [Promise<Opened>] = []
        /// Attempts that failed since the last success.
        var failures = 0
        var lastFailure: RedisError?
        /// What `CLIENT ID` answered on the open connection.
        var connectionID: Int?
    }

    public let configuration: RedisConfiguration
    private let name: String
    private let loop: EventLoop
    private let state = Mutex(State())

    /// - Parameter name: what `CLIENT LIST` shows, without spaces.
    public init(_ configuration: RedisConfiguration, name: String = "coursework", loop: EventLoop) {
        self.configuration = configuration
        self.name = name
        self.loop = loop
    }

    /// Another client, on the same event loop.
    public func signingIn(_ configuration: RedisConfiguration, name: String) -> RedisClient {
        RedisClient(configuration, name: name, loop: loop)
    }

    /// Another client of the same server, on another event loop: who sends and waits there wakes no other thread.
    public func on(_ loop: EventLoop, name: String) -> RedisClient {
        RedisClient(configuration, name: name, loop: loop)
    }

    /// Sends commands and waits for all their answers. Errors that the server answers stand in the reply.
    /// - Parameters:
    ///   - deadline: when to give up; by default the configuration's command timeout from now.
    ///   - blocking: how long the command itself may wait at the server, added to the default deadline.
    public func send(
        _ pipeline: RedisPipeline, deadline: MonotonicTime? = nil, blocking: Duration = .zero
    ) async throws(RedisError) -> RedisReply {
        let (connection, deadline) = try await connection(by: deadline, blocking: blocking)
        let answer = await connection.send(pipeline, deadline: deadline)
        let reply = try RedisAnswer.check(answer, from: connection)
        return reply.hasError ? reply.answering(pipeline) : reply
    }

    /// Sends commands and leaves the waiting for the answers to the caller, who may send more before. What is begun
    /// first is carried out first.
    public func begin(_ pipeline: RedisPipeline) async throws(RedisError) -> RedisAnswer {
        let (connection, deadline) = try await connection(by: nil, blocking: .zero)
        let reply = try await connection.begin(pipeline, deadline: deadline, maySpin: false)
        return RedisAnswer(reply: reply, connection: connection)
    }

    private func connection(
        by deadline: MonotonicTime?, blocking: Duration
    ) async throws(RedisError) -> (RedisConnection, MonotonicTime) {
        let wait = configuration.commandTimeout + blocking
        let connection = try await connection(by: deadline ?? .now + wait)
        // Told or anew: the time until here was ours, also while every thread was busy, and not the server's silence.
        let answerBy = deadline ?? .now + wait
        guard answerBy > .now else {
            throw RedisError(.unavailable, "The command for Redis could not be sent before its deadline.")
        }
        return (connection, answerBy)
    }

    /// Sends one command and gives its answer.
    /// - Throws: also the error the server answers.
    public func call(_ arguments: String..., deadline: MonotonicTime? = nil) async throws(RedisError) -> RedisValue {
        var pipeline = RedisPipeline()
        pipeline.add(arguments)
        let value = try await send(pipeline, deadline: deadline).first
        if let error = value.error { throw error }
        return value
    }

    /// Makes a blocking command that waits at the server return empty-handed, as if its time were over. Nothing is lost
    /// that way, unlike by closing the connection.
    public func unblock(through other: RedisClient) async {
        guard let id = state.withLock({ $0.connectionID }) else { return }
        _ = try? await other.call("CLIENT", "UNBLOCK", String(id), deadline: .now + .seconds(1))
    }

    /// Ends the connection; later sends throw `.closed`. Safe to call twice.
    public func close() {
        let (link, waiting) = state.withLock { state in
            defer {
                state.link = .closed
                state.waiting = []
            }
            return (state.link, state.waiting)
        }
        if case .open(let connection) = link { connection.close() }
        for waiter in waiting { waiter.complete(with: .failure(Self.closedError)) }
    }

    // MARK: Connecting

    private func connection(by deadline: MonotonicTime) async throws(RedisError) -> RedisConnection {
        let waiter = Promise<Opened>()
        let (ready, mustConnect): (Opened?, Bool) = state.withLock { state in
            switch state.link {
            case .open(let connection): return (.success(connection), false)
            case .closed: return (.failure(Self.closedError), false)
            case .connecting:
                state.waiting.append(waiter)
                return (nil, false)
            case .idle:
                state.waiting.append(waiter)
                state.link = .connecting
                return (nil, true)
            }
        }
        if let ready { return try ready.get() }
        // On the loop, so that it goes on while every pool thread computes; it ends by itself when nobody waits.
        if mustConnect { Task(executorPreference: loop) { await self.connect() } }
        let timer = loop.schedule(at: deadline) { waiter.complete(with: .failure(self.giveUp(waiter))) }
        defer { loop.cancel(timer) }
        return try await waiter.wait().get()
    }

    private func giveUp(_ waiter: Promise<Opened>) -> RedisError {
        state.withLock { state in
            state.waiting.removeAll { $0 === waiter }
            return state.lastFailure.map(unreachable) ?? unreachable("it does not answer.")
        }
    }

    /// Tries until it succeeds or nobody waits any more.
    private func connect() async {
        while somebodyWaits() {
            await loop.sleep(for: backOff())
            do throws(RedisError) {
                return admit(try await openConnection())
            } catch {
                note(error)
            }
        }
    }

    private func somebodyWaits() -> Bool {
        state.withLock { state in
            guard case .connecting = state.link else { return false }
            if state.waiting.isEmpty { state.link = .idle }
            return !state.waiting.isEmpty
        }
    }

    private func backOff() -> Duration {
        let failures = state.withLock { $0.failures }
        guard failures > 0 else { return .zero }
        return .backOff(base: configuration.reconnectBase, cap: configuration.reconnectCap, failures: failures)
    }

    private func openConnection() async throws(RedisError) -> RedisConnection {
        let deadline = MonotonicTime.now + configuration.connectTimeout
        do {
            let socket = try await RedisSocket.connect(to: configuration.endpoint, by: deadline, on: loop)
            let connection = RedisConnection(socket: socket, loop: loop, configuration: configuration) { [weak self] in
                self?.lost($0)
            }
            try connection.open()
            try await introduce(connection, deadline)
            return connection
        } catch let error as RedisError {
            throw error
        } catch {
            throw unreachable("\(error).")
        }
    }

    private func unreachable(_ why: String) -> RedisError {
        RedisError(.unavailable, "Redis at \(configuration.endpoint) cannot be reached: \(why)")
    }

    /// What those who waited in vain are told.
    private func unreachable(_ last: RedisError) -> RedisError {
        last.code == .unavailable ? last : unreachable(last.message)
    }

    /// Signs in and makes sure that the server is ready to serve.
    private func introduce(_ connection: RedisConnection, _ deadline: MonotonicTime) async throws(RedisError) {
        var pipeline = RedisPipeline()
        if let password = configuration.password {
            pipeline.add(["AUTH"] + (configuration.user.map { [$0] } ?? []) + [password.value])
        }
        if configuration.database != 0 { pipeline.add("SELECT", String(configuration.database)) }
        pipeline.add("CLIENT", "SETNAME", name)
        pipeline.add("PING")
        pipeline.add("CLIENT", "ID")
        let reply = try await connection.send(pipeline, deadline: deadline).get()
        if configuration.password != nil, let error = reply.firstError, reply.first.error != nil, !error.isTransient {
            // Never the server's own words: where it does not know AUTH, they repeat the password.
            connection.close()
            throw signInFailed
        }
        for value in reply.values {
            // A server that cannot write to its disk refuses PING too, and still serves reads; a user without CLIENT
            // simply stays unnamed.
            guard let error = value.error, error.code != .cannotPersist, error.code != .permission else { continue }
            connection.close()
            throw error.code == .authentication ? signInFailed : error
        }
        let id = reply.values.reversed().first?.integer
        state.withLock { $0.connectionID = id }
    }

    private var signInFailed: RedisError {
        let user = configuration.user.map { "the user '\($0)'" } ?? "the default user"
        return RedisError(
            .authentication,
            "Redis at \(configuration.endpoint) refused \(user); check the user and the password in REDIS_URL.")
    }

    private func admit(_ connection: RedisConnection) {
        let waiting: [Promise<Opened>]? = state.withLock { state in
            guard case .connecting = state.link else { return nil }
            state.link = .open(connection)
            state.failures = 0
            state.lastFailure = nil
            defer { state.waiting = [] }
            return state.waiting
        }
        guard let waiting else { return connection.close() }
        for waiter in waiting { waiter.complete(with: .success(connection)) }
        // It may have ended before it was ours to hear of that.
        if let failure = connection.failure { lost(failure) }
    }

    /// Keeps the failure for those who wait; they hear of it at once when waiting cannot help.
    private func note(_ error: RedisError) {
        let hopeless: [Promise<Opened>] = state.withLock { state in
            state.failures += 1
            state.lastFailure = error
            guard !error.isTransient else { return [] }
            defer { state.waiting = [] }
            return state.waiting
        }
        for waiter in hopeless { waiter.complete(with: .failure(error)) }
    }

    private func lost(_ error: RedisError) {
        state.withLock { state in
            guard case .open = state.link else { return }
            state.link = .idle
            state.failures = 1
            state.lastFailure = error
        }
    }

    private static let closedError = RedisError(.closed, "This Redis client was closed.")
}
