public import Platform
public import RedisClient

/// Makes the dead letters that a filter means jobs again: those that were dead when it began, each once.
///
/// Redis keeps how far it has come with each portion, so whoever is killed while driving it can be succeeded, by
/// ``resume(_:in:loop:)``. It is one replay over several queues, each with a state of its own under the same id.
public struct Replay: Sendable {
    /// Without a rate, so many jobs that were replayed wait for a worker at the most: live work comes behind no more.
    public static let mostWaiting = 100

    /// What it has done in all queues.
    public struct Progress: Sendable, Equatable {
        public var examined = 0
        public var replayed = 0
        public var skipped = 0

        public init() {}
    }

    /// Why a replay cannot be driven: one sentence.
    public struct Stopped: Error, Sendable, CustomStringConvertible {
        public let description: String
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
    public func run(_ progress: (Progress) -> Bool) async throws -> Bool {
        var done = Progress()
        var pace = rate.map { Pace($0) }
        for store in stores {
            guard let state = try await store.replay(id) else { continue }
            var own = Progress()
            (own.examined, own.replayed, own.skipped) = (state.examined, state.replayed, state.skipped)
            if state.phase == .running {
                guard try await drive(store, from: state, &own, &pace, { progress(done + $0) }) else { return false }
                try await store.finish(replay: id, driver: driver, by: who)
            }
            done = done + own
        }
        _ = progress(done)
        return true
    }

    private func drive(
        _ store: LetterStore, from state: ReplayState, _ own: inout Progress, _ pace: inout Pace?,
        _ progress: (Progress) -> Bool
    ) async throws -> Bool {
        var scan = LetterScan(store, filter, .oldestFirst, behind: state.cursor, until: state.begun)
        while let portion = try await scan.next() {
            var (left, unexamined) = (portion.letters[...], portion.examined[...])
            repeat {
                let room = min(LetterStore.lettersACall, pace?.allowance() ?? .max)
                let letters = left.prefix(room)
                let examined = Self.examined(unexamined, with: letters, isLast: letters.count == left.count)
                let answer = try await store.replay(
                    letters, id: id, driver: driver, mostWaiting: rate == nil ? Self.mostWaiting : 0,
                    examined: examined.count, cursor: filter.ids.isEmpty ? examined.last.map(LetterCursor.init) : nil)
                try check(answer)
                left = left.dropFirst(answer.handled)
                if answer.handled == letters.count {
                    unexamined = unexamined.dropFirst(examined.count)
                    own.examined += examined.count
                }
                pace?.take(answer.handled)
                (own.replayed, own.skipped) = (answer.replayed, answer.skipped)
                guard progress(own) else { return false }
                if !left.isEmpty, answer.handled == 0 || pace != nil { await pause(pace) }
            } while !left.isEmpty
        }
        return true
    }

    /// What has been looked at once these letters, the next ones that are meant, are seen to.
    private static func examined(
        _ all: ArraySlice<DeadLetter>, with letters: ArraySlice<DeadLetter>, isLast: Bool
    ) -> ArraySlice<DeadLetter> {
        guard !isLast else { return all }
        guard let last = letters.last, let index = all.firstIndex(where: { $0.id == last.id }) else {
            return all.prefix(0)
        }
        return all[...index]
    }

    /// Nobody aborts a replay and has it go on for longer than this.
    private static let longestPause = Duration.milliseconds(250)

    private func pause(_ pace: Pace?) async {
        await loop.sleep(for: pace?.wait(atMost: Self.longestPause) ?? .milliseconds(10))
    }

    private func check(_ answer: LetterStore.ReplayAnswer) throws(Stopped) {
        switch answer.state {
        case ReplayState.Phase.running.rawValue: return
        case "driven": throw Stopped(description: "The replay \(id) is driven by another command now.")
        case "": throw Stopped(description: "The replay \(id) is not remembered any more.")
        default: throw Stopped(description: "The replay \(id) was \(answer.state).")
        }
    }
}

extension Replay.Progress {
    static func + (left: Self, right: Self) -> Self {
        var sum = left
        sum.examined += right.examined
        sum.replayed += right.replayed
        sum.skipped += right.skipped
        return sum
    }
}
