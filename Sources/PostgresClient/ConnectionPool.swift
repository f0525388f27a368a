internal import Platform
internal import Synchronization

/// Places for connections: at most so many are in use at once, and who finds none free waits his turn.
final class ConnectionPool: Sendable {
    /// The right to use one connection: an open one, or none yet.
    typealias Place = PostgresConnection?
    private typealias Waiter = Promise<Result<Place, any Error>>

    private struct State {
        var free: Int
        /// The one used last is taken first.
        var idle: [PostgresConnection] = []
        var order = FIFO<Int>()
        var waiting: [Int: Waiter] = [:]
        var lastTicket = 0
        var isClosed = false
    }

    private let configuration: PostgresConfiguration
    private let loop: EventLoop
    private let state: Mutex<State>

    init(_ configuration: PostgresConfiguration, loop: EventLoop) {
        self.configuration = configuration
        self.loop = loop
        state = Mutex(State(free: max(1, configuration.connections)))
    }

    /// Takes a place, which must be given back.
    func take(by deadline: MonotonicTime) async throws -> Place {
        try Task.checkCancellation()
        let waiter = Waiter()
        let ticket: Int? = try state.withLock { state in
            guard !state.isClosed else { throw PostgresClient.closedError }
            guard state.free == 0 else {
                state.free -= 1
                waiter.complete(with: .success(state.idle.popLast()))
                return nil
            }
            state.lastTicket += 1
            state.waiting[state.lastTicket] = waiter
            state.order.append(state.lastTicket)
            return state.lastTicket
        }
        guard let ticket else { return try await waiter.wait().get() }
        return try await wait(waiter, ticket, by: deadline)
    }

    private func wait(_ waiter: Waiter, _ ticket: Int, by deadline: MonotonicTime) async throws -> Place {
        let timer = loop.schedule(at: deadline) { [self] in giveUp(ticket, allBusy) }
        defer { loop.cancel(timer) }
        return try await withTaskCancellationHandler {
            try await waiter.wait().get()
        } onCancel: {
            giveUp(ticket, CancellationError())
        }
    }

    /// Does nothing when the place was handed over already: then it is the waiter's to give back.
    private func giveUp(_ ticket: Int, _ error: any Error) {
        state.withLock { $0.waiting.removeValue(forKey: ticket) }?.complete(with: .failure(error))
    }

    /// Gives a place back, with the connection if it can be used again.
    func giveBack(_ connection: PostgresConnection?) {
        let waiter: Waiter? = state.withLock { state in
            while let ticket = state.order.popFirst() {
                if let waiter = state.waiting.removeValue(forKey: ticket) { return waiter }
            }
            state.free += 1
            if let connection, !state.isClosed { state.idle.append(connection) }
            return nil
        }
        waiter?.complete(with: .success(connection))
    }

    func close() {
        let waiting = state.withLock { state in
            defer {
                state.isClosed = true
                state.idle = []
                state.waiting = [:]
            }
            return state.waiting.values
        }
        for waiter in waiting { waiter.complete(with: .failure(PostgresClient.closedError)) }
    }

    private var allBusy: PostgresError {
        let number = configuration.connections
        return PostgresError(
            .unavailable, "All \(number) connections to PostgreSQL at \(configuration) are busy; none was free in time."
        )
    }
}
