internal import DeadLetters
internal import HTTPServer
internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient
internal import Reports
internal import Synchronization

/// Tells all who listen what happens: one look at Redis a second for all of them together, and none while nobody listens.
///
/// An id is a time by the clock of Redis: what became of jobs before it was told. So one number goes for all queues, and who
/// comes back with it is told the rest, or that the rest is not known (`reset`). An event may come twice that way, and never
/// not at all.
actor EventHub {
    private static let lookEvery = Duration.seconds(1)
    /// How soon somebody who comes new is told how things are.
    private static let lookSoonest = Duration.milliseconds(100)
    /// Workers speak every five seconds, and replays are asked after one by one.
    private static let slowLookEvery = 2
    private static let heartbeatEvery = Duration.seconds(15)
    /// Each holds one of the server's connections.
    private static let mostListeners = 2000
    private static let mostReplays = 3
    /// Of each job, for somebody who comes back: he reads the rest as a whole, and is not cut off for it.
    private static let mostMissedLines = 50

    private struct Newcomer {
        let listener: Listener
        /// Whether it was told that Redis does not answer.
        var knowsOutage = false
    }

    private let desk: JobDesk
    private let loop: EventLoop
    private let count = Mutex(0)

    private var listeners: [Listener] = []
    /// Who has not been told yet how things are.
    private var newcomers: [Newcomer] = []
    private var isLooking = false
    private var isStopped = false
    private var wakeUp: Promise<Void>?

    private var sight = EventSight()
    private var memory = EventMemory(since: 0)
    /// Up to which time by the clock of Redis all was told; nil before the first look.
    private var told: Int?
    private var isUp = true
    private var looks = 0
    private var lastHeartbeat = MonotonicTime.now

    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(_ desk: JobDesk) { (self.desk, loop) = (desk, desk.loop) }

    /// - Parameter lastEventID: what a client says that comes back.
    /// - Returns: what it is told from now on; nil when too many listen.
    nonisolated func open(_ filter: EventFilter, after lastEventID: String?) -> ByteStream? {
        guard count.withLock({ $0 < Self.mostListeners }) else { return nil }
        count.withLock { $0 += 1 }
        let listener = Listener(filter, after: lastEventID)
        Task { await self.add(listener) }
        return listener.stream
    }

    nonisolated func stop() { Task { await self.end() } }

    /// For tests: how often Redis was looked at.
    var looksSoFar: Int { looks }

    private func add(_ listener: Listener) {
        guard !isStopped else { return listener.stream.end() }
        newcomers.append(Newcomer(listener: listener))
        wakeUp?.complete(with: ())
        guard !isLooking else { return }
        isLooking = true
        Task { await run() }
    }

    private func end() {
        isStopped = true
        for listener in listeners + newcomers.map(\.listener) { listener.stream.end() }
        wakeUp?.complete(with: ())
    }

    // MARK: Looking

    private func run() async {
        (sight, told, isUp) = (EventSight(), nil, true)
        while hasListeners(), !isStopped {
            let begun = MonotonicTime.now
            await look()
            beat()
            await rest(since: begun)
        }
        isLooking = false
    }

    /// Those who are gone are forgotten.
    private func hasListeners() -> Bool {
        listeners.removeAll { $0.stream.isOver }
        newcomers.removeAll { $0.listener.stream.isOver }
        let count = listeners.count + newcomers.count
        self.count.withLock { $0 = count }
        return count > 0
    }

    private func rest(since begun: MonotonicTime) async {
        let wakeUp = Promise<Void>()
        self.wakeUp = wakeUp
        let timer = loop.schedule(at: begun + Self.lookEvery) { wakeUp.complete(with: ()) }
        if newcomers.isEmpty || !isUp { await wakeUp.wait() }
        loop.cancel(timer)
        self.wakeUp = nil
        await loop.sleep(for: (begun + Self.lookSoonest).since(.now))
    }

    private func look() async {
        looks += 1
        do {
            let now = try await RedisServer(client: desk.redis).now()
            let news = try await news(until: now)
            publish(news, now)
            await welcome(now)
        } catch {
            let outage = StreamEvent(.redis, RedisEvent(up: false))
            if isUp { tell([outage]) }
            isUp = false
            // How things are they are told when that is known.
            for index in newcomers.indices where !newcomers[index].knowsOutage {
                newcomers[index].listener.tell(outage)
                newcomers[index].knowsOutage = true
            }
        }
    }

    /// What is new, and nothing is noted before all of it is there.
    private struct News: Sendable {
        var events: [StreamEvent] = []
        var changes: [(time: Int, event: StreamEvent)] = []
        /// Of so many that some may be lost.
        var isIncomplete = false
        var logs: [StreamEvent] = []
    }

    private func news(until now: Int) async throws -> News {
        var news = News()
        var sight = self.sight
        let isFirst = told == nil
        try await lookAtJobs(until: now, &news)
        let overview = QueueOverview(queues: desk.queues, client: desk.redis)
        for queue in desk.queues {
            // Of a key that holds something else nothing can be told; the rest is true.
            do { news.events += sight.see(try await overview.statistics(of: queue), of: queue) } catch is SpoiledKeys {}
        }
        if isFirst || looks % Self.slowLookEvery == 0 {
            news.events += sight.see(try await WorkerRegistry(client: desk.redis).workers().map(WorkerRow.init))
            news.events += sight.see(try await replays(), isFirst: isFirst)
        }
        self.sight = sight
        return news
    }

    private func replays() async throws -> [ReplayReport] {
        var reports: [ReplayReport] = []
        for queue in desk.queues {
            let store = LetterStore(queue, client: desk.redis)
            do throws(RedisError) {
                reports += try await store.replays(atMost: Self.mostReplays).map(ReplayReport.init)
            } catch {
                guard error.code == .wrongType else { throw error }
            }
        }
        return reports
    }

    private func lookAtJobs(until now: Int, _ news: inout News) async throws {
        // A clock that was set back, or an outage that was longer than anything is kept.
        guard let told, told <= now, now - told < Self.longestGap else {
            return try await remember(before: now, &news)
        }
        guard told < now else { return }
        for queue in desk.queues {
            guard let changes = try await desk.queue(queue).changes(in: told..<now) else {
                news.isIncomplete = true
                continue
            }
            news.changes += changes.map { (time: $0.milliseconds, event: Self.event($0)) }
        }
        for job in Set(listeners.flatMap(\.filter.jobs)) {
            news.logs += try await desk.queue(job.queue).log(of: job, in: told..<now)
                .map { StreamEvent(LogLineReport($0, of: job), of: job) }
        }
    }

    private static let longestGap = Int(JobQueue.changesAreKeptFor.components.seconds - 60) * 1000

    /// Begins with what Redis remembers, so that who listened to another server may go on here.
    private func remember(before now: Int, _ news: inout News) async throws {
        news.isIncomplete = told != nil
        var (changes, since): ([(time: Int, event: StreamEvent)], Int) = ([], 0)
        for queue in desk.queues {
            let found = try await desk.queue(queue).changes(before: now)
            changes += found.changes.map { (time: $0.milliseconds, event: Self.event($0)) }
            since = max(since, found.since)
        }
        memory = EventMemory(since: since)
        memory.add(changes.filter { $0.time >= since }.sorted { $0.time < $1.time })
    }

    private static func event(_ change: JobChange) -> StreamEvent {
        StreamEvent(
            JobEvent(
                id: "\(change.id)", type: change.type, state: change.state, attempt: change.attempt,
                progress: change.progress), of: change.id)
    }

    // MARK: Telling

    private func publish(_ news: News, _ now: Int) {
        if !isUp { tell([StreamEvent(.redis, RedisEvent(up: true))]) }
        isUp = true
        if news.isIncomplete {
            for listener in listeners { listener.stream.send(Reset.tooMany.bytes) }
            if told != nil { memory.forget(before: now) }
        }
        let changes = news.changes.sorted { $0.time < $1.time }
        if !news.isIncomplete { memory.add(changes) }
        tell(news.events + changes.map(\.event) + news.logs)
        if let told, told < now, !changes.isEmpty || !news.logs.isEmpty { sendID(now, to: listeners) }
        told = now
    }

    private func tell(_ events: [StreamEvent]) {
        for event in events { for listener in listeners { listener.tell(event) } }
    }

    /// What was told before it. An event without data is none, so nobody hears of it but who comes back.
    private func sendID(_ time: Int, to listeners: [Listener]) {
        let bytes = Array("id: \(time)\n\n".utf8)
        for listener in listeners { listener.stream.send(bytes) }
    }

    /// By it proxies see that the connection lives, and we that a client does not.
    private func beat() {
        guard lastHeartbeat + Self.heartbeatEvery <= .now else { return }
        lastHeartbeat = .now
        for listener in listeners + newcomers.map(\.listener) { listener.stream.send(Array(":\n\n".utf8)) }
        if let told { sendID(told, to: listeners) }
    }

    private func welcome(_ now: Int) async {
        let newcomers = newcomers.map(\.listener)
        self.newcomers = []
        guard !newcomers.isEmpty else { return }
        let events = sight.events
        for listener in newcomers {
            if let id = listener.lastEventID {
                if let missed = memory.events(after: id, now: now) {
                    for event in missed { listener.tell(event) }
                    await tellLog(since: Int(id) ?? now, now, to: listener)
                } else {
                    listener.stream.send(Reset.tooOld.bytes)
                }
            }
            for event in events { listener.tell(event) }
            await tellStates(to: listener)
        }
        sendID(now, to: newcomers)
        listeners += newcomers
    }

    /// What jobs said while their listener was away.
    private func tellLog(since: Int, _ now: Int, to listener: Listener) async {
        guard since < now else { return }
        for job in listener.filter.jobs {
            let lines = (try? await desk.queue(job.queue).log(of: job, in: since..<now)) ?? []
            guard lines.count <= Self.mostMissedLines else {
                listener.stream.send(Reset.tooMany.bytes)
                continue
            }
            for line in lines { listener.tell(StreamEvent(LogLineReport(line, of: job), of: job)) }
        }
    }

    /// How the jobs are that a listener named.
    private func tellStates(to listener: Listener) async {
        for job in listener.filter.jobs {
            guard let status = try? await desk.queue(job.queue).status(of: job) else { continue }
            let event = JobEvent(
                id: "\(job)", type: status.type, state: status.state, attempt: status.attempt,
                progress: status.progress)
            listener.tell(StreamEvent(event, of: job))
        }
    }
}
