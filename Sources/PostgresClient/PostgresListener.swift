public import Logging
public import Platform
internal import Synchronization

/// Wakes a reader when somebody sends NOTIFY on a channel, over a connection of its own.
///
/// It wakes the reader also when it has connected, at first and again: what was sent meanwhile was missed. Several
/// notifications may be one wake-up. So the reader looks for work at every wake-up, and now and then by itself.
///
///     for await _ in listener.wakeUps { await relayWhatIsThere() }
public final class PostgresListener: Sendable {
    /// Ends after ``stop()``. For one reader.
    public let wakeUps: AsyncStream<Void>

    /// A connection that is silent for so long is asked whether it still lives.
    private static let checkEvery = Duration.seconds(10)

    private let configuration: PostgresConfiguration
    private let channel: String
    private let logger: Logger
    private let continuation: AsyncStream<Void>.Continuation
    private let interruption: Interruption
    private let gate: ReconnectGate

    /// Starts its thread, which goes on until ``stop()``.
    public init(_ configuration: PostgresConfiguration, channel: String, logger: Logger) throws(SystemError) {
        self.configuration = configuration
        self.channel = channel
        self.logger = logger
        // One is enough to say that there is work.
        (wakeUps, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
        interruption = try Interruption()
        gate = ReconnectGate(configuration)
        try SystemThread.start(name: "postgres-listen") { self.listen() }
    }

    public func stop() { interruption.request() }

    private func listen() {
        while !interruption.isRequested {
            switch gate.turn() {
            case .wait(let time): interruption.sleep(until: time)
            case .go(let failuresBefore): listen(failuresBefore)
            }
        }
        continuation.finish()
    }

    private func listen(_ failuresBefore: Int) {
        do {
            let connection = try connect()
            gate.succeeded()
            try listen(on: connection)
        } catch let error as PostgresError {
            gate.failed(error, failuresBefore: failuresBefore)
            logger.warning("Listening for notifications was interrupted: \(error)", [("channel", .string(channel))])
        } catch {
            // Stopped.
        }
    }

    private func connect() throws -> PostgresConnection {
        let connection = try PostgresConnection.open(configuration, name: "coursework-listen", patience)
        try connection.script("LISTEN \(PostgresIdentifier.quoted(channel))", patience)
        return connection
    }

    /// Until the connection is lost.
    private func listen(on connection: PostgresConnection) throws {
        continuation.yield()
        while true {
            if try connection.waitForNotification(until: .now + Self.checkEvery, interruption) {
                continuation.yield()
            } else {
                try connection.script("", patience)
            }
        }
    }

    private var patience: Patience { Patience(deadline: .distantFuture, interruption: interruption) }
}
