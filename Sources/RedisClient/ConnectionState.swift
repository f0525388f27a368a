internal import Platform

/// The decisions of a ``RedisConnection``, without its I/O: who writes, who reads, who waits.
///
/// At most one thread writes and at most one reads. A caller that is alone writes at once and may watch for its answer.
/// Where others' commands are on their way too, commands gather until the event loop, which reads the answers, has its
/// turn: so the commands of many callers leave in one write, and the callers' threads do nothing but call.
struct ConnectionState {
    enum Reader {
        /// Nobody: no answer is awaited. The next sender decides.
        case nobody
        /// The event loop, which epoll wakes.
        case loop
        /// A caller that watches the socket for its answer.
        case caller
    }

    /// What a sender must do after its command was taken.
    struct Duties {
        var write: [UInt8]?
        var spin = false
        /// Nobody has watched the socket since the last answer: see that nothing came that was not asked for.
        var checkSilence = false
        /// Have the event loop send what gathers.
        var scheduleFlush = false
        var scheduleTimeout = false
    }

    /// A caller that watched in vain this often in a row watches only now and then.
    private static let spinMissesTolerated = 8
    private static let spinRetryEvery = 64
    /// A caller counts as alone when this many commands in a row met no other one on its way.
    private static let companyRemembered = 64
    /// A caller that never sleeps would keep others from ever running on its thread; so every so often it does.
    private static let sleepEvery = 64

    private(set) var pending = FIFO<PendingReply>()
    private(set) var reader = Reader.nobody
    /// The loop is reading at this very moment: a caller may take over only between two of its turns.
    private var loopReads = false
    private(set) var failure: RedisError?
    private var unsent: [UInt8] = []
    private var writing = false
    private var flushScheduled = false
    /// What the socket did not take yet; the writer continues when epoll says so.
    private(set) var stalled: ArraySlice<UInt8> = []
    /// When the loop looks whether the first answer is overdue; nil when it does not.
    private var timeoutAt: MonotonicTime?
    private var spinMisses = 0
    private var company = 0
    private var spinsUntilSleep = sleepEvery
    private var waitingForRoom: [Promise<Void>] = []

    /// What epoll should wait for.
    var interest: Events {
        var events: Events = .hangup
        if reader == .loop { events.insert(.readable) }
        if !stalled.isEmpty { events.insert(.writable) }
        return events
    }

    /// Nil when there is room; otherwise what to wait for before asking again.
    mutating func room(limit: Int) -> Promise<Void>? {
        guard failure == nil, unsent.count + stalled.count > limit else { return nil }
        let room = Promise<Void>()
        waitingForRoom.append(room)
        return room
    }

    /// - Parameter isOnLoop: the caller is the event loop itself, which neither watches nor gathers.
    mutating func submit(
        _ reply: PendingReply, _ bytes: [UInt8], isOnLoop: Bool, maySpin: Bool
    ) throws(RedisError) -> Duties {
        if let failure { throw failure }
        pending.append(reply)
        var duties = Duties()
        if timeoutAt.map({ reply.deadline < $0 }) ?? true {
            timeoutAt = reply.deadline
            duties.scheduleTimeout = true
        }
        company = pending.count > 1 ? Self.companyRemembered : max(0, company - 1)
        let wasUnwatched = reader == .nobody
        duties.spin = chooseReader(maySpin: maySpin && !isOnLoop && company == 0)
        duties.checkSilence = wasUnwatched && pending.count == 1
        if writing {
            unsent.append(contentsOf: bytes)
        } else if isOnLoop || pending.count == 1 {
            // With nothing on its way there is nothing to wait for.
            duties.write = takeUnsent(with: bytes)
        } else {
            unsent.append(contentsOf: bytes)
            duties.scheduleFlush = !flushScheduled
            flushScheduled = true
        }
        return duties
    }

    /// True when the caller becomes the reader.
    private mutating func chooseReader(maySpin: Bool) -> Bool {
        switch reader {
        case .caller: return false
        case .loop where loopReads || pending.count > 1 || !maySpin: return false
        case .nobody where !maySpin || !spinPays():
            reader = .loop
            return false
        case .loop where !spinPays(): return false
        case .loop, .nobody:
            reader = .caller
            return true
        }
    }

    private mutating func spinPays() -> Bool {
        spinsUntilSleep -= 1
        guard spinsUntilSleep > 0 else {
            spinsUntilSleep = Self.sleepEvery
            return false
        }
        guard spinMisses >= Self.spinMissesTolerated else { return true }
        spinMisses += 1
        guard spinMisses >= Self.spinMissesTolerated + Self.spinRetryEvery else { return false }
        spinMisses = Self.spinMissesTolerated - 1
        return true
    }

    /// The caller that watched stops reading: to nobody when all is answered, else to the loop.
    mutating func stopSpinning(answered: Bool) {
        spinMisses = answered ? 0 : spinMisses + 1
        reader = pending.isEmpty ? .nobody : .loop
    }

    /// The loop reads what nobody else does, until ``finishReading()``. False when a caller is at it.
    mutating func claimReading() -> Bool {
        guard failure == nil, reader != .caller else { return false }
        reader = .loop
        loopReads = true
        return true
    }

    mutating func finishReading() { loopReads = false }

    /// What may be written now, by whoever asks; nil when there is nothing or somebody writes.
    mutating func takeUnsent() -> [UInt8]? {
        flushScheduled = false
        guard !writing, !unsent.isEmpty, failure == nil else { return nil }
        return takeUnsent(with: [])
    }

    private mutating func takeUnsent(with bytes: [UInt8]) -> [UInt8] {
        writing = true
        guard !unsent.isEmpty else { return bytes }
        defer { unsent.removeAll(keepingCapacity: unsent.count < 1 << 20) }
        return unsent + bytes
    }

    /// The writer finished its piece: the next one, or nil when it may stop writing.
    mutating func nextPiece() -> (piece: [UInt8]?, room: [Promise<Void>]) {
        stalled = []
        let room = waitingForRoom
        waitingForRoom = []
        guard !unsent.isEmpty, failure == nil else {
            writing = false
            return (nil, room)
        }
        defer { unsent.removeAll(keepingCapacity: unsent.count < 1 << 20) }
        return (unsent, room)
    }

    mutating func stall(_ rest: ArraySlice<UInt8>) { stalled = rest }

    mutating func takeStalled() -> ArraySlice<UInt8> {
        defer { stalled = [] }
        return stalled
    }

    mutating func removeAnswered() { _ = pending.popFirst() }

    enum Timeout {
        case expired
        case at(MonotonicTime)
        case none
    }

    mutating func checkTimeout(scheduledAt time: MonotonicTime, now: MonotonicTime) -> Timeout {
        // Otherwise an earlier look was scheduled after this one, and has taken its place.
        guard time == timeoutAt else { return .none }
        timeoutAt = nil
        guard failure == nil, let first = pending.first else { return .none }
        guard first.deadline > now else { return .expired }
        timeoutAt = first.deadline
        return .at(first.deadline)
    }

    /// Ends the connection for good. Nil when it had ended before.
    mutating func fail(_ error: RedisError) -> (unanswered: [PendingReply], room: [Promise<Void>])? {
        guard failure == nil else { return nil }
        failure = error
        unsent = []
        stalled = []
        defer { waitingForRoom = [] }
        return (pending.removeAll(), waitingForRoom)
    }
}
