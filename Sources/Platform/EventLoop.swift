internal import CLinux
internal import Glibc
internal import Synchronization

/// One thread that waits for sockets, timers and work, and is the executor of the actors that own sockets.
///
/// It runs apart from Swift's thread pool, so leases are renewed and answers are read even while every pool thread is
/// held by a job that computes. Nothing that runs here may block.
///
/// The loop turns until ``stop()``: run queued work, run due timers, wait in epoll, call the handlers of ready sockets.
public final class EventLoop: SerialExecutor, TaskExecutor {
    private enum Work {
        case job(UnownedJob)
        case closure(@Sendable () -> Void)
    }

    private struct State {
        var work: [Work] = []
        var timers = TimerQueue()
        var sources: [UInt64: EventSource] = [:]
        var nextToken: UInt64 = 1
        /// True from just before the thread waits until somebody wakes it: only then is a wake-up written.
        var sleeping = false
        var stopped = false
    }

    private static let wakeToken: UInt64 = 0
    private static let eventsAtOnce = 64
    private static let roundsAtOnce = 4

    private let epoll: FileDescriptor
    private let wakeup: FileDescriptor
    private let state = Mutex(State())
    private let thread: Mutex<pthread_t?> = Mutex(nil)

    /// Starts the thread.
    public init(name: String = "event-loop") throws(SystemError) {
        epoll = FileDescriptor(owning: epoll_create1(Int32(EPOLL_CLOEXEC)))
        wakeup = FileDescriptor(owning: eventfd(0, Int32(EFD_CLOEXEC | EFD_NONBLOCK)))
        guard epoll.number >= 0, wakeup.number >= 0 else { throw .last("opening epoll") }
        try control(EPOLL_CTL_ADD, wakeup.number, events: .readable, token: Self.wakeToken)
        try SystemThread.start(name: name) { self.turn() }
    }

    /// One that never turns: it has no thread, opens nothing, and runs nothing that is put on it. For what is made to be
    /// looked at alone.
    public static let resting = EventLoop(resting: ())

    private init(resting: Void) {
        epoll = FileDescriptor(owning: -1)
        wakeup = FileDescriptor(owning: -1)
    }

    /// Ends the thread after what is queued; later work is dropped. Safe to call twice.
    public func stop() {
        state.withLock { $0.stopped = true }
        wake()
    }

    // MARK: Work

    public func enqueue(_ job: consuming ExecutorJob) { add(.job(UnownedJob(job))) }

    /// Runs a closure on the loop's thread, later even when called on it.
    public func execute(_ closure: @escaping @Sendable () -> Void) { add(.closure(closure)) }

    /// Runs a closure on the loop's thread, and returns when it has run. Not to be awaited there.
    public func finish(_ closure: @escaping @Sendable () -> Void) async {
        let done = Promise<Void>()
        execute {
            closure()
            done.complete(with: ())
        }
        await done.wait()
    }

    public func asUnownedSerialExecutor() -> UnownedSerialExecutor { UnownedSerialExecutor(ordinary: self) }

    public func asUnownedTaskExecutor() -> UnownedTaskExecutor { UnownedTaskExecutor(ordinary: self) }

    public func checkIsolated() { precondition(isCurrent, "this code must run on its event loop") }

    /// Whether the caller is on the loop's thread.
    public var isCurrent: Bool { thread.withLock { $0 }.map { pthread_equal($0, pthread_self()) != 0 } ?? false }

    private func add(_ work: Work) {
        let mustWake = state.withLock { state in
            state.work.append(work)
            defer { state.sleeping = false }
            return state.sleeping
        }
        if mustWake { wake() }
    }

    private func wake() { eventfd_write(wakeup.number, 1) }

    // MARK: Timers

    /// Runs a closure on the loop at the given time or soon after.
    @discardableResult
    public func schedule(at time: MonotonicTime, _ closure: @escaping @Sendable () -> Void) -> EventTimer {
        let (timer, mustWake) = state.withLock { state in
            let timer = state.timers.add(at: time, closure)
            // A sleeping loop waits for the earliest timer it knew; a later one need not wake it.
            let mustWake = state.sleeping && state.timers.earliest == time
            if mustWake { state.sleeping = false }
            return (timer, mustWake)
        }
        if mustWake { wake() }
        return timer
    }

    public func cancel(_ timer: EventTimer) { state.withLock { $0.timers.cancel(timer) } }

    /// Waits without a thread; ends early, without an error, when the task is cancelled.
    public func sleep(for duration: Duration) async {
        let end = Promise<Void>()
        await withTaskCancellationHandler {
            let timer = schedule(at: .now + duration) { end.complete(with: ()) }
            await end.wait()
            cancel(timer)
        } onCancel: {
            end.complete(with: ())
        }
    }

    // MARK: Descriptors

    /// Watches a descriptor; `handler` is called on the loop whenever one of the wanted events holds.
    public func watch(
        _ descriptor: Int32, for events: Events, handler: @escaping @Sendable (Events) -> Void
    ) throws(SystemError) -> EventSource {
        let source = state.withLock { state in
            let source = EventSource(descriptor: descriptor, token: state.nextToken, handler: handler)
            state.nextToken += 1
            state.sources[source.token] = source
            return source
        }
        do {
            try control(EPOLL_CTL_ADD, descriptor, events: events, token: source.token)
        } catch {
            _ = state.withLock { $0.sources.removeValue(forKey: source.token) }
            throw error
        }
        return source
    }

    /// Watches a descriptor until it is readable or at its end, and then no more.
    public func watchOnce(
        _ descriptor: Int32, handler: @escaping @Sendable () -> Void
    ) throws(SystemError) {
        let watched = Promise<EventSource>()
        let source = try watch(descriptor, for: .readable) { [weak self] _ in
            // Not there yet when the event comes before `watch` returned; the level is then reported again.
            guard let self, let source = watched.value else { return }
            unwatch(source)
            handler()
        }
        watched.complete(with: source)
    }

    /// Changes what is waited for. A level that already holds is reported again.
    public func change(_ source: EventSource, to events: Events) {
        try? control(EPOLL_CTL_MOD, source.descriptor, events: events, token: source.token)
    }

    /// Ends the watching; call it before the descriptor is closed. Safe to call twice.
    public func unwatch(_ source: EventSource) {
        guard state.withLock({ $0.sources.removeValue(forKey: source.token) }) != nil else { return }
        try? control(EPOLL_CTL_DEL, source.descriptor, events: [], token: source.token)
    }

    private func control(
        _ operation: Int32, _ descriptor: Int32, events: Events, token: UInt64
    ) throws(SystemError) {
        var event = epoll_event()
        event.events = events.rawValue
        event.data.u64 = token
        guard epoll_ctl(epoll.number, operation, descriptor, &event) == 0 else { throw .last("epoll_ctl") }
    }

    // MARK: The thread

    private func turn() {
        thread.withLock { $0 = pthread_self() }
        var events = [epoll_event](repeating: epoll_event(), count: Self.eventsAtOnce)
        while runQueuedWork() {
            var rounds = 1
            // What one piece of work leads to is mostly done at once: the sockets need not be asked in between.
            while rounds < Self.roundsAtOnce, hasQueuedWork, runQueuedWork() { rounds += 1 }
            let count = epoll_wait(epoll.number, &events, Int32(events.count), prepareToSleep())
            state.withLock { $0.sleeping = false }
            for index in 0..<max(0, Int(count)) { dispatch(events[index]) }
        }
    }

    private var hasQueuedWork: Bool { state.withLock { !$0.work.isEmpty && !$0.stopped } }

    /// Runs what was queued before the call, then due timers. False when the loop must end.
    private func runQueuedWork() -> Bool {
        let (work, due, stopped) = state.withLock { state in
            let work = state.work
            state.work.removeAll(keepingCapacity: work.count < 1024)
            let due = state.timers.isEmpty ? [] : state.timers.removeDue(at: .now)
            return (work, due, state.stopped)
        }
        for item in work { run(item) }
        for closure in due { closure() }
        return !stopped
    }

    private func run(_ work: Work) {
        switch work {
        case .job(let job):
            job.runSynchronously(isolatedTo: asUnownedSerialExecutor(), taskExecutor: asUnownedTaskExecutor())
        case .closure(let closure): closure()
        }
    }

    /// How long epoll may wait, in milliseconds; 0 when there is work, -1 when nothing is due ever.
    private func prepareToSleep() -> Int32 {
        state.withLock { state in
            guard state.work.isEmpty, !state.stopped else { return 0 }
            state.sleeping = true
            guard let next = state.timers.earliest else { return -1 }
            return next.millisecondsFromNow
        }
    }

    private func dispatch(_ event: epoll_event) {
        let token = event.data.u64
        guard token != Self.wakeToken else {
            var count: eventfd_t = 0
            eventfd_read(wakeup.number, &count)
            return
        }
        guard let source = state.withLock({ $0.sources[token] }) else { return }
        source.handler(Events(rawValue: event.events))
    }
}
