internal import Platform
internal import RedisClient

/// Drives a replay through the dead letters of one queue.
struct ReplayDrive {
    /// Nobody aborts a replay and has it go on for longer than this.
    private static let longestPause = Duration.milliseconds(250)
    /// Few enough that Redis is back with live work after a fifth of a millisecond.
    private static let lettersAPortion = 2
    /// What the loop can sleep; less is saved up.
    private static let shortestPause = Duration.milliseconds(1)
    /// Between two looks whether what waits has begun: the longer nothing does, the longer.
    private static let shortestWait = Duration.milliseconds(2)
    private static let longestWait = Duration.milliseconds(50)

    private let id: String
    private let driver: String
    private let who: String
    private let filter: DeadFilter
    private let state: ReplayState
    private let store: LetterStore
    private let loop: EventLoop
    private(set) var progress = Replay.Progress()
    /// Nil when workers set the pace.
    private(set) var pace: Pace?
    /// Without a pace, live work gets as much of Redis's time as the replay had: how much it has not got yet.
    private var owed = Duration.zero
    private var nextWait = Self.shortestWait

    init(
        id: String, driver: String, who: String, filter: DeadFilter, state: ReplayState, store: LetterStore,
        pace: Pace?,
        loop: EventLoop
    ) {
        self.id = id
        self.driver = driver
        self.who = who
        self.filter = filter
        self.state = state
        self.store = store
        self.pace = pace
        self.loop = loop
        (progress.examined, progress.replayed, progress.passedOver) = (state.examined, state.replayed, state.passedOver)
    }

    /// - Parameter goesOn: asked after each portion.
    /// - Returns: false when it was stopped.
    mutating func run(_ goesOn: (Replay.Progress) async -> Bool) async throws -> Bool {
        guard state.phase == .running else { return true }
        var scan = LetterScan(store, filter, .oldestFirst, behind: state.cursor, until: state.begun)
        while let portion = try await scan.next() {
            guard try await replay(portion, goesOn) else { return false }
        }
        try await store.finish(replay: id, driver: driver, by: who)
        return true
    }

    private mutating func replay(
        _ portion: LetterScan.Portion, _ goesOn: (Replay.Progress) async -> Bool
    ) async throws -> Bool {
        var (left, unexamined) = (portion.letters[...], portion.examined[...])
        repeat {
            let letters = left.prefix(min(Self.lettersAPortion, pace?.allowance() ?? .max))
            let examined = Self.examined(unexamined, with: letters, isLast: letters.count == left.count)
            let asked = MonotonicTime.now
            let handled = try await replay(letters, examined)
            owed += MonotonicTime.now.since(asked)
            left = left.dropFirst(handled)
            if handled == letters.count { unexamined = unexamined.dropFirst(examined.count) }
            guard await goesOn(progress) else { return false }
            if !left.isEmpty { await pause(isStuck: handled == 0) }
        } while !left.isEmpty
        return true
    }

    /// - Returns: how many of the letters were seen to, from the first.
    private mutating func replay(
        _ letters: ArraySlice<DeadLetter>, _ examined: ArraySlice<DeadLetter>
    ) async throws -> Int {
        let answer = try await store.replay(
            letters, id: id, driver: driver, mostWaiting: pace == nil ? Replay.mostWaiting : 0,
            examined: examined.count,
            cursor: filter.ids.isEmpty ? examined.last.map { LetterCursor(behind: $0) } : nil)
        try check(answer)
        pace?.take(answer.handled)
        if answer.handled == letters.count { progress.examined += examined.count }
        (progress.replayed, progress.passedOver) = (answer.replayed, answer.passedOver)
        progress.wait = answer.isWaiting ? Replay.Wait(queue: store.name, gate: answer.gate) : nil
        return answer.handled
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

    private mutating func pause(isStuck: Bool) async {
        if let pace { return await loop.sleep(for: pace.wait(atMost: Self.longestPause)) }
        let wait = isStuck ? nextWait : owed
        nextWait = isStuck ? min(nextWait * 2, Self.longestWait) : Self.shortestWait
        guard isStuck || owed >= Self.shortestPause else { return }
        await loop.sleep(for: wait)
        owed = .zero
    }

    private func check(_ answer: LetterStore.ReplayAnswer) throws(Replay.Stopped) {
        switch answer.state {
        case ReplayState.Phase.running.rawValue: return
        case "driven": throw Replay.Stopped(description: "The replay \(id) is driven by another command now.")
        case "": throw Replay.Stopped(description: "The replay \(id) is not remembered any more.")
        default: throw Replay.Stopped(description: "The replay \(id) was \(answer.state).")
        }
    }
}
