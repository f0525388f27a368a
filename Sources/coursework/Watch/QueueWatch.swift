import Glibc
import JobQueue
import LiveScreen
import Platform
import RedisClient
import Reports
import Synchronization

/// `coursework queues --watch`: looks once a second, and goes on when Redis was away.
final class QueueWatch: Sendable {
    private static let lookEvery = Duration.seconds(1)

    private let loop: EventLoop
    private let look: @Sendable () async throws -> (queues: [(String, QueueReport)], workers: [WorkerRow])
    private let sight = Mutex(QueueScreen.Sight())
    private let hasColours = LiveTerminal.hasColours
    private let isLooking = Atomic(false)
    private let stop = DrainRequest()

    /// - Parameter look: how things are now.
    init(
        on loop: EventLoop,
        look: @escaping @Sendable () async throws -> (queues: [(String, QueueReport)], workers: [WorkerRow])
    ) {
        (self.loop, self.look) = (loop, look)
    }

    func run() async throws {
        try Lifetime.watch(on: loop, drain: { self.stop.begin() }, hurry: {})
        guard LiveTerminal.isThere else { return try await runInLines() }
        try LiveTerminal.enter(on: loop, resized: { self.show() }) { key in
            if key == UInt8(ascii: "q") { self.stop.begin() }
        }
        defer { LiveTerminal.leave() }
        try await untilEnded {
            beginLook()
            show()
        }
    }

    /// Nobody waits for a Redis that hangs: neither the clock on the screen, nor who wants to end it.
    private func beginLook() {
        guard !isLooking.exchange(true, ordering: .relaxed) else { return }
        Task {
            await see()
            isLooking.store(false, ordering: .relaxed)
            show()
        }
    }

    private func untilEnded(_ turn: () async throws -> Void) async throws {
        while !stop.hasBegun {
            let begun = MonotonicTime.now
            try await turn()
            await rest(until: begun + Self.lookEvery)
        }
    }

    /// As soon as somebody wants an end, it ends.
    private func rest(until time: MonotonicTime) async {
        await withTaskGroup { group in
            group.addTask { await self.stop.wait() }
            group.addTask { await self.loop.sleep(for: time.since(.now)) }
            _ = await group.next()
            group.cancelAll()
        }
    }

    private func see() async {
        do {
            let (queues, workers) = try await look()
            let seconds = Double(MonotonicTime.now.nanoseconds) / 1e9
            sight.withLock { sight in
                sight.queues = queues.map { (name: $0.0, report: $0.1) }
                sight.workers = workers
                sight.history.note(sight.queues, at: seconds)
                sight.trouble = nil
            }
        } catch {
            let trouble = "\(Coursework.explain(error))"
            sight.withLock { $0.trouble = "Asked again every second: \(trouble)" }
        }
    }

    /// On any thread: a terminal that is made larger is filled at once.
    private func show() {
        let size = LiveTerminal.size
        let sight = sight.withLock { sight in
            sight.clock = String(WallClock.rfc3339().dropFirst(11).prefix(8)) + " UTC"
            return sight
        }
        let lines = QueueScreen(width: size.width, height: size.height).lines(sight)
        LiveTerminal.show(lines.map { $0.rendered(width: size.width, hasColours: hasColours) })
    }

    /// For a file or a program: tables one after another, without anything that is for terminals.
    private func runInLines() async throws {
        var before: [String: QueueReport] = [:]
        try await untilEnded {
            do {
                let queues = try await look().queues
                Terminal.print(QueueTable.text(queues, before: before) + "\n")
                before = Dictionary(uniqueKeysWithValues: queues)
            } catch {
                Terminal.complain("Asked again every second: \(Coursework.explain(error))")
            }
        }
    }
}
