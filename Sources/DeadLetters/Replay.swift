public import Jobs
public import Platform
public import RedisClient

/// Makes the dead letters that a filter means jobs again: those that were dead when it began, each once.
///
/// Redis keeps how far it has come with each portion, so whoever is killed while driving it can be succeeded, by
/// ``resume(_:in:loop:)``. It is one replay over several queues, each with a state of its own under the same id.
public struct Replay: Sendable {
    /// Without a rate, so many jobs that were replayed wait at the most, for a worker, for their type to be resumed or for a
    /// limit: live work comes behind no more.
    public static let mostWaiting = 3

    /// Why a replay does not go on: as many as may wait do so.
    public struct Wait: Sendable, Equatable {
        public let queue: QueueName
        /// What some of them wait behind: `type:email.send` while the type is paused, `limit:<key>` while a limit is
        /// reached; nil when they wait for a worker.
        public let gate: String?

        public init(queue: QueueName, gate: String?) {
            self.queue = queue
            self.gate = gate
        }
    }

    /// What it has done in all queues.
    public struct Progress: Sendable, Equatable {
        public var examined = 0
        public var replayed = 0
        /// Gone, or not to be replayed any more.
        public var passedOver = 0
        /// Nil while it goes on.
        public var wait: Wait?

        public init() {}
    }

    /// Why a replay cannot be driven: one sentence.
    public struct Stopped: Error, Sendable, CustomStringConvertible {
        public let description: String

        public init(description: String) { self.description = description }
    }

    public let id: String
    private let filter: DeadFilter
    private let stores: [LetterStore]
    private let rate: ReplayRate?
    private let who: String
    private let loop: EventLoop
    /// Names this driver: one that was succeeded is told so.
    private let driver = makeID()

    private static func makeID() -> String { String(UInt64.random(in: 1 << 60 ... .max), radix: 36) }

    /// Begins a replay, and so sets which letters are meant.
    public static func begin(
        _ filter: DeadFilter, in stores: [LetterStore], rate: ReplayRate?, by who: String, loop: EventLoop
    ) async throws(RedisError) -> Replay {
        var concerned: [LetterStore] = []
        for store in stores where filter.concerns(store.name) {
            if try await store.count() > 0 { concerned.append(store) }
        }
        let replay = Replay(
            id: String(makeID().suffix(8)), filter: filter, stores: concerned, rate: rate, who: who, loop: loop)
        for store in replay.stores {
            try await store.begin(replay: replay.id, driver: replay.driver, filter, rate: rate, by: who)
        }
        return replay
    }

    /// Takes over a replay that was not brought to its end.
    /// - Parameter rate: nil for the one it had.
    public static func resume(
        _ id: String, in stores: [LetterStore], rate: ReplayRate?, by who: String, loop: EventLoop
    ) async throws -> Replay {
        var (mine, states) = ([LetterStore](), [ReplayState]())
        for store in stores {
            guard let state = try await store.replay(id) else { continue }
            mine.append(store)
            states.append(state)
        }
        guard let first = states.first else {
            throw Stopped(description: "There is no replay \(id) that is remembered.")
        }
        guard states.contains(where: { $0.phase == .running }) else {
            throw Stopped(
                description: "The replay \(id) is \(first.phase.rawValue) and cannot be resumed: begin a new one.")
        }
        let replay = Replay(
            id: id, filter: first.filter, stores: mine, rate: rate ?? first.rate.flatMap { ReplayRate($0) }, who: who,
            loop: loop)
        for store in mine { try await store.resume(replay: id, driver: replay.driver) }
        return replay
    }

    private init(
        id: String, filter: DeadFilter, stores: [LetterStore], rate: ReplayRate?, who: String, loop: EventLoop
    ) {
        self.id = id
        self.filter = filter
        self.stores = stores
        self.rate = rate
        self.who = who
        self.loop = loop
    }

    /// Drives it to its end.
    /// - Parameter progress: called after each portion; false stops driving, and the replay can be resumed.
    /// - Returns: false when it was stopped.
    /// - Throws: ``Stopped`` when it was aborted, or another driver has taken over; `RedisError`.
    @discardableResult
    public func run(_ progress: (Progress) async -> Bool) async throws -> Bool {
        var (done, pace) = (Progress(), rate.map { Pace($0) })
        for store in stores {
            var drive = ReplayDrive(
                id: id, driver: driver, who: who, filter: filter, state: try await state(in: store), store: store,
                pace: pace, loop: loop)
            let isDone = try await drive.run { await progress(done + $0) }
            (done, pace) = (done + drive.progress, drive.pace)
            guard isDone else { return false }
        }
        _ = await progress(done)
        return true
    }

    private func state(in store: LetterStore) async throws -> ReplayState {
        guard let state = try await store.replay(id) else {
            throw Stopped(description: "The replay \(id) is not remembered any more.")
        }
        guard state.phase != .aborted else { throw Stopped(description: "The replay \(id) was aborted.") }
        return state
    }
}

extension Replay.Progress {
    static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.examined += right.examined
        sum.replayed += right.replayed
        sum.passedOver += right.passedOver
        sum.wait = right.wait
        return sum
    }
}
