import Glibc
import Platform
import Synchronization
import TestSupport
import Testing

@Suite("The event loop", .timeLimit(.minutes(1)))
struct EventLoopTests {
    private func withLoop(_ body: (EventLoop) async throws -> Void) async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        try await body(loop)
    }

    @Test func `runs closures in order, on its own thread`() async throws {
        try await withLoop { loop in
            let order = Mutex<[Int]>([])
            let done = Promise<Bool>()
            for number in 0..<1000 { loop.execute { order.withLock { $0.append(number) } } }
            loop.execute { done.complete(with: loop.isCurrent) }
            #expect(await done.wait())
            #expect(order.withLock { $0 } == Array(0..<1000))
            #expect(!loop.isCurrent)
        }
    }

    @Test func `a closure added from the loop runs later, not at once`() async throws {
        try await withLoop { loop in
            let order = Mutex<[Int]>([])
            let done = Promise<Void>()
            loop.execute {
                loop.execute {
                    order.withLock { $0.append(2) }
                    done.complete(with: ())
                }
                order.withLock { $0.append(1) }
            }
            await done.wait()
            #expect(order.withLock { $0 } == [1, 2])
        }
    }

    @Test func `is the executor of actors and tasks`() async throws {
        try await withLoop { loop in
            let pinned = Pinned(loop: loop)
            #expect(await pinned.isOnLoop())
            let onLoop = await Task(executorPreference: loop) { loop.isCurrent }.value
            #expect(onLoop)
            var order: [Int] = []
            for number in 0..<100 { order.append(await pinned.next(number)) }
            #expect(order == Array(0..<100))
        }
    }

    @Test func `fires timers in the order they are due, never early`() async throws {
        try await withLoop { loop in
            let fired = Mutex<[Int]>([])
            let done = Promise<Void>()
            let begin = MonotonicTime.now
            for number in [3, 1, 2] {
                loop.schedule(at: begin + .milliseconds(20 * number)) {
                    #expect(MonotonicTime.now >= begin + .milliseconds(20 * number))
                    fired.withLock { $0.append(number) }
                    if number == 3 { done.complete(with: ()) }
                }
            }
            await done.wait()
            #expect(fired.withLock { $0 } == [1, 2, 3])
        }
    }

    @Test func `an earlier timer wakes a loop that waits for a later one`() async throws {
        try await withLoop { loop in
            let done = Promise<Void>()
            loop.schedule(at: .now + .seconds(3600)) {}
            await loop.sleep(for: .milliseconds(5))
            loop.schedule(at: .now + .milliseconds(5)) { done.complete(with: ()) }
            try await value(of: done, within: .seconds(20), "the earlier one fires")
        }
    }

    @Test func `a cancelled timer does not fire`() async throws {
        try await withLoop { loop in
            let fired = Promise<Void>()
            let timer = loop.schedule(at: .now + .milliseconds(10)) { fired.complete(with: ()) }
            loop.cancel(timer)
            await loop.sleep(for: .milliseconds(30))
            #expect(fired.value == nil)
        }
    }

    @Test func `sleeps as long as told, and wakes at once when cancelled`() async throws {
        try await withLoop { loop in
            let begin = MonotonicTime.now
            await loop.sleep(for: .milliseconds(20))
            #expect(MonotonicTime.now.since(begin) >= .milliseconds(20))
            let sleeper = Task { await loop.sleep(for: .seconds(3600)) }
            sleeper.cancel()
            await sleeper.value
            #expect(MonotonicTime.now.since(begin) < .seconds(60))
        }
    }

    @Test func `tells of readable descriptors, once when asked for once`() async throws {
        try await withLoop { loop in
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            defer { for end in ends { close(end) } }
            let count = Mutex(0)
            let seen = Promise<Void>()
            try loop.watchOnce(ends[0]) {
                count.withLock { $0 += 1 }
                seen.complete(with: ())
            }
            write(ends[1], "x", 1)
            await seen.wait()
            await loop.sleep(for: .milliseconds(20))
            #expect(count.withLock { $0 } == 1)
            let again = Promise<Events>()
            let source = try loop.watch(ends[0], for: .readable) { again.complete(with: $0) }
            #expect(await again.wait().contains(.readable))
            loop.unwatch(source)
            loop.unwatch(source)
        }
    }

    @Test func `refuses a descriptor that cannot be watched`() async throws {
        try await withLoop { loop in
            let error = #expect(throws: SystemError.self) { try loop.watch(-1, for: .readable) { _ in } }
            #expect(error?.code == EBADF)
            #expect(error?.description == "epoll_ctl: Bad file descriptor")
        }
    }

    @Test func `stops after what is queued, twice is fine`() async throws {
        let loop = try EventLoop(name: "test")
        let done = Promise<Void>()
        loop.execute { done.complete(with: ()) }
        loop.stop()
        loop.stop()
        try await value(of: done, "the queued closure runs")
    }

    @Test func `uses no processor while it waits`() async throws {
        try await withLoop { loop in
            loop.schedule(at: .now + .seconds(3600)) {}
            let before = await ThreadClock.cpuTime(of: loop)
            try await Task.sleep(for: .milliseconds(300))
            let after = await ThreadClock.cpuTime(of: loop)
            #expect(after - before < .milliseconds(30))
        }
    }
}

private actor Pinned {
    private let loop: EventLoop
    nonisolated var unownedExecutor: UnownedSerialExecutor { loop.asUnownedSerialExecutor() }

    init(loop: EventLoop) { self.loop = loop }

    func isOnLoop() -> Bool { loop.isCurrent }

    func next(_ number: Int) -> Int { number }
}
