internal import Jobs
internal import Platform
internal import Synchronization

/// The jobs that wait in this process, and the slots that run them.
///
/// A slot is a task that runs one job after another; it is replaced when its job was cancelled, since a task cannot be
/// un-cancelled. Slots are woken one at a time: each one that finds more work wakes the next, so that a burst of short
/// jobs wakes few slots and a burst of long ones wakes all.
final class SlotPool: Sendable {
    private struct State {
        /// An urgent job is not held up by less urgent ones that were claimed ahead of it.
        var waiting = RankedFIFO<ActiveJob>()
        var idle: [UnsafeContinuation<Void, Never>] = []
        /// A slot was woken and has not looked yet.
        var waking = false
        /// What each slot runs.
        var running: [ActiveJob?]
        var tasks: [Task<Void, Never>?]
        var runningCount = 0
        var window: ClaimWindow
        /// Jobs that were asked for and have not come yet.
        var claiming = 0
        /// Jobs that ended, and Redis does not know it yet.
        var unrecorded = 0
        /// Claimers that wait until there is room.
        var claimers: [Promise<Void>] = []
        /// Who waits until less urgent jobs wait here.
        var urgentClaimer: Promise<Void>?
        var closed = false
    }

    private let state: Mutex<State>
    private let run: @Sendable (ActiveJob) async -> Void
    private let slots: Int

    init(slots: Int, run: @escaping @Sendable (ActiveJob) async -> Void) {
        self.slots = slots
        self.run = run
        state = Mutex(
            State(
                running: Array(repeating: nil, count: slots), tasks: Array(repeating: nil, count: slots),
                window: ClaimWindow(slots: slots)))
    }

    func start() { for slot in 0..<slots { startTask(slot) } }

    func add(_ jobs: [ActiveJob]) {
        let (wake, urgentClaimer) = state.withLock { state in
            for job in jobs { state.waiting.append(job, rank: Self.rank(of: job)) }
            return (Self.slotToWake(&state), Self.urgentClaimerToWake(&state))
        }
        wake?.resume()
        urgentClaimer?.complete(with: ())
    }

    /// Waits until jobs wait for a slot, and all of them are of less urgent queues.
    /// - Returns: the lowest rank among them; nil when the pool is closed.
    func lessUrgentWait() async -> Int? {
        while true {
            let (rank, wait): (Int?, Promise<Void>?) = state.withLock { state in
                guard !state.closed else { return (nil, nil) }
                if let rank = Self.lessUrgentRank(state) { return (rank, nil) }
                let wait = Promise<Void>()
                state.urgentClaimer = wait
                return (nil, wait)
            }
            guard let wait else { return rank }
            await wait.wait()
        }
    }

    /// How many jobs to claim, at most `limit`; waits while there is no room. Nil when the pool is closed.
    ///
    /// The room is kept free until ``giveUp(reserved:)``, which must follow when the jobs have come, or none did.
    func reserve(upTo limit: Int) async -> Int? {
        while true {
            let (room, wait): (Int?, Promise<Void>?) = state.withLock { state in
                guard !state.closed else { return (nil, nil) }
                if let room = Self.room(state) {
                    let room = min(limit, room)
                    state.claiming += room
                    return (room, nil)
                }
                let wait = Promise<Void>()
                state.claimers.append(wait)
                return (nil, wait)
            }
            guard let wait else { return room }
            await wait.wait()
        }
    }

    func giveUp(reserved room: Int) {
        let claimer = state.withLock { state in
            state.claiming -= room
            return Self.claimerToWake(&state)
        }
        claimer?.complete(with: ())
    }

    /// Redis knows how so many jobs ended that had a slot.
    func noteRecorded(_ jobs: Int) {
        let claimer = state.withLock { state in
            state.unrecorded = max(0, state.unrecorded - jobs)
            return Self.claimerToWake(&state)
        }
        claimer?.complete(with: ())
    }

    /// Free slots that no waiting job has a claim to.
    var freeSlots: Int { state.withLock { $0.closed ? 0 : max(0, slots - $0.runningCount - $0.waiting.count) } }

    var runningJobs: [ActiveJob] { state.withLock { $0.running.compactMap { $0 } } }

    /// How long jobs that ended may wait for others before Redis is told.
    var recordingPause: Duration { state.withLock { $0.window.recordingPause } }

    var isBusy: Bool { state.withLock { $0.runningCount > 0 } }

    var hasWaiting: Bool { state.withLock { !$0.waiting.isEmpty } }

    /// Takes out all that no slot has begun.
    func removeWaiting() -> [ActiveJob] { state.withLock { $0.waiting.removeAll() } }

    /// Takes out what has waited too long while every slot is busy: another worker may have a slot for it.
    func removeStale(claimedBefore time: MonotonicTime) -> [ActiveJob] {
        state.withLock { state in
            guard state.runningCount == slots, let first = state.waiting.first, first.claimed < time else { return [] }
            return state.waiting.removeAll()
        }
    }

    /// Cancels the task that runs a job; the slot goes on with a new task.
    func cancel(_ job: ActiveJob, because reason: ActiveJob.Cancellation) {
        job.cancel(reason)
        let task = state.withLock { state in state.running.firstIndex { $0 === job }.flatMap { state.tasks[$0] } }
        // Outside the lock: cancellation handlers run here. The slot retires after this job, so the task cancelled is
        // never one that went on to another job.
        task?.cancel()
    }

    /// Lets idle slots end, and busy ones after their job.
    func close() {
        let (idle, claimers) = state.withLock { state in
            state.closed = true
            defer {
                state.idle = []
                state.claimers = []
                state.urgentClaimer = nil
            }
            return (state.idle, state.claimers + (state.urgentClaimer.map { [$0] } ?? []))
        }
        for slot in idle { slot.resume() }
        for claimer in claimers { claimer.complete(with: ()) }
    }

    // MARK: Slots

    private func startTask(_ slot: Int) {
        // Not a child task: a slot that must be cancelled alone, and replaced, needs a handle of its own.
        // Made under the lock: whoever finds a job in the slot finds its task too.
        state.withLock { state in state.tasks[slot] = Task.detached { await self.runSlot(slot) } }
    }

    private func runSlot(_ slot: Int) async {
        var woken = false
        while true {
            switch take(slot, woken: woken) {
            case .run(let job):
                woken = false
                await run(job)
                guard finish(job, slot) else { return startTask(slot) }
            case .wait:
                await withUnsafeContinuation { continuation in
                    if !rest(continuation) { continuation.resume() }
                }
                woken = true
            case .end:
                return
            }
        }
    }

    private enum Next {
        case run(ActiveJob)
        case wait
        case end
    }

    private func take(_ slot: Int, woken: Bool) -> Next {
        let (next, wake, claimer, urgentClaimer) = state.withLock { state -> Taken in
            if woken { state.waking = false }
            guard let job = state.waiting.popFirst() else { return (state.closed ? .end : .wait, nil, nil, nil) }
            job.takeSlot()
            state.running[slot] = job
            state.runningCount += 1
            return (
                .run(job), Self.slotToWake(&state), Self.claimerToWake(&state), Self.urgentClaimerToWake(&state)
            )
        }
        wake?.resume()
        claimer?.complete(with: ())
        urgentClaimer?.complete(with: ())
        return next
    }

    /// What a slot does next, and whom it wakes.
    private typealias Taken = (Next, UnsafeContinuation<Void, Never>?, Promise<Void>?, Promise<Void>?)

    /// False when the slot's task was cancelled and must be replaced.
    private func finish(_ job: ActiveJob, _ slot: Int) -> Bool {
        let duration = job.duration ?? .zero
        let claimer = state.withLock { state in
            state.running[slot] = nil
            state.runningCount -= 1
            state.unrecorded += 1
            state.window.note(duration)
            return Self.claimerToWake(&state)
        }
        claimer?.complete(with: ())
        return job.cancellation == .none && !Task.isCancelled
    }

    /// False when there is something to do after all.
    private func rest(_ continuation: UnsafeContinuation<Void, Never>) -> Bool {
        state.withLock { state in
            guard state.waiting.isEmpty, !state.closed else { return false }
            state.idle.append(continuation)
            return true
        }
    }

    private static func slotToWake(_ state: inout State) -> UnsafeContinuation<Void, Never>? {
        guard !state.waking, !state.waiting.isEmpty, let slot = state.idle.popLast() else { return nil }
        state.waking = true
        return slot
    }

    private static func claimerToWake(_ state: inout State) -> Promise<Void>? {
        guard !state.claimers.isEmpty, room(state) != nil else { return nil }
        return state.claimers.removeLast()
    }

    private static func urgentClaimerToWake(_ state: inout State) -> Promise<Void>? {
        guard state.urgentClaimer != nil, lessUrgentRank(state) != nil else { return nil }
        return state.urgentClaimer.take()
    }

    private static func lessUrgentRank(_ state: borrowing State) -> Int? {
        state.waiting.firstRank.map { $0 / 2 }.flatMap { $0 > 0 ? $0 : nil }
    }

    /// Of the jobs of one rank, those that were admitted run first.
    private static func rank(of job: ActiveJob) -> Int { 2 * job.claim.rank + (job.job.lane == .admitted ? 0 : 1) }

    /// Ended jobs that are on their way to Redis at full speed; more than these take up room.
    private static let unrecordedAtSpeed = 1024

    /// How many jobs to claim now; nil when it does not pay. A worker that cannot tell Redis how its jobs ended takes no
    /// more of them.
    private static func room(_ state: borrowing State) -> Int? {
        let waiting = state.waiting.count + state.claiming + max(0, state.unrecorded - unrecordedAtSpeed)
        guard state.window.isWorthClaiming(running: state.runningCount, waiting: waiting) else { return nil }
        return state.window.room(running: state.runningCount, waiting: waiting)
    }
}
