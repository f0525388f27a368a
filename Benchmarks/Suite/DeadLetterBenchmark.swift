internal import DeadLetters
internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import RedisClient
internal import WorkerRuntime

/// A million dead letters are looked through and replayed while a worker lives on the same queue. No command may keep
/// Redis from the others for more than ten milliseconds, and live jobs may wait twice as long as without a replay.
struct DeadLetterBenchmark {
    private static let causes = 20
    private static let liveRate = 200
    private static let longestCommand = 10.0

    let workshop: Workshop

    func run(_ report: (Figure) -> Void) async throws {
        try await workshop.withRedis { redis in
            let store = LetterStore(Workshop.queue, client: redis.client)
            try await fill(store, redis, report)
            try await redis.watchSlowCommands()
            try await look(store, report)
            try await replay(store, redis, report)
            let longest = try await redis.longestCommandMilliseconds()
            report(
                Figure(
                    "  longest Redis command of all this", longest, "ms",
                    [.init(of: "10 ms", ratio: longest / Self.longestCommand, bar: .atMost(1))]))
        }
    }

    private var letters: Int { workshop.jobs(1_000_000) }

    private func fill(_ store: LetterStore, _ redis: BenchRedis, _ report: (Figure) -> Void) async throws {
        let before = try await redis.usedBytes()
        let seconds = try await Workshop.seconds {
            for first in stride(from: 0, to: letters, by: 10_000) {
                _ = try await store.add((first..<min(letters, first + 10_000)).map(letter))
            }
        }
        report(Figure("import of \(Figure.text(Double(letters))) dead letters", Double(letters) / seconds, "/s"))
        let bytes = Double(try await redis.usedBytes() - before) / Double(letters)
        report(Figure("  memory of Redis a letter", bytes, "bytes"))
    }

    private func letter(_ number: Int) -> DeadLetter {
        let fields = [
            "type": "bench.noop", "args": #"{"user":{"id":\#(number)},"template":"certificate","course":"swift-101"}"#,
            "reason": "failures", "attempt": "4", "worker": "host:4711:1c2d3e4f5a6b7",
            "error": "Font \(number % Self.causes == 0 ? "Serif" : "Sans") of course \(number) is missing.",
            "kind": "Cause\(number % Self.causes)",
        ]
        return DeadLetter(
            id: LetterID(queue: Workshop.queue, member: "\(1_795_000_000_000 + number)-0"),
            buried: "\(1_795_000_000_000 + number / 5)", fields: LetterFields(fields))
    }

    // MARK: Looking

    private func look(_ store: LetterStore, _ report: (Figure) -> Void) async throws {
        let list = try await Workshop.seconds { _ = try await store.page(.init(.latestFirst), behind: nil, limit: 50) }
        report(Figure("  list of the latest 50", list * 1000, "ms"))
        var groups = 0
        let grouping = try await Workshop.seconds { groups = try await store.groups(limit: 1000).count }
        report(Figure("  groups, \(groups) of them", grouping * 1000, "ms"))
        var filter = DeadFilter()
        filter.fields = [FieldCondition("args.user.id=\(letters / 2)")].compactMap { $0 }
        var found = 0
        let scan = try await Workshop.seconds {
            var scan = LetterScan(store, filter, .oldestFirst)
            while let portion = try await scan.next() { found += portion.letters.count }
        }
        guard found == 1 else { throw BenchmarkFailure(description: "\(found) letters were found instead of one") }
        report(Figure("  search of all for a value in the payload", Double(letters) / scan, "/s"))
    }

    // MARK: Replaying

    private func replay(_ store: LetterStore, _ redis: BenchRedis, _ report: (Figure) -> Void) async throws {
        let waits = Waits()
        var registry = JobRegistry()
        registry.register(StampHandler(waits: waits))
        registry.register(NoopHandler())
        let own = try await OwnWorker.start(on: redis, registry: registry)
        try await live(redis) { await workshop.loop.sleep(for: workshop.isQuick ? .seconds(1) : .seconds(10)) }
        let quiet = waits.percentile(0.99)
        waits.removeAll()
        var seconds = 0.0
        try await live(redis) { seconds = try await Workshop.seconds { try await replayAll(redis) } }
        let busy = waits.percentile(0.99)
        own.worker.drain()
        try await own.end()
        let left = try await store.count()
        guard left == 0 else { throw BenchmarkFailure(description: "\(left) letters were not replayed") }
        report(Figure("replay of all, as fast as one worker takes them", Double(letters) / seconds, "/s"))
        report(Figure("  live jobs at \(Self.liveRate)/s, wait without a replay, p99", quiet, "ms"))
        report(
            Figure(
                "  beside it, p99", busy, "ms",
                [.init(of: "the wait without", ratio: busy / quiet, bar: .atMost(2))]))
    }

    /// In a process of its own, as an administrator would: what it computes is not to be measured with the live jobs.
    private func replayAll(_ redis: BenchRedis) async throws {
        try await WorkerProcess.run(
            ["dead", "replay", "--all", "--yes", "--config", try workshop.configuration()], on: redis.server.url,
            workshop: workshop)
    }

    /// Live jobs come while the body runs.
    private func live(_ redis: BenchRedis, _ body: () async throws -> Void) async throws {
        let producer = Task {
            while !Task.isCancelled {
                _ = try await redis.queue.enqueue(
                    try NewJob(StampJob(), queue: Workshop.queue))
                await workshop.loop.sleep(for: .microseconds(1_000_000 / Self.liveRate))
            }
        }
        try await body()
        producer.cancel()
        _ = try await producer.value
    }
}

private struct NoopJob: Job {
    static let type: JobType = "bench.noop"
    static let payloadSchema = PayloadSchema.any
    var template: String
}

private struct NoopHandler: JobHandler {
    func handle(_ job: NoopJob, context: JobContext) async throws -> Outcome { .success() }
}

extension BenchRedis {
    fileprivate func usedBytes() async throws -> Int {
        let info = try await client.call("INFO", "memory").string ?? ""
        let line = info.split(whereSeparator: \.isNewline).first { $0.hasPrefix("used_memory:") }
        return line.flatMap { Int($0.split(separator: ":")[1]) } ?? 0
    }

    /// From now on Redis writes down every command that takes longer than a millisecond.
    fileprivate func watchSlowCommands() async throws {
        _ = try await client.call("CONFIG", "SET", "slowlog-log-slower-than", "1000", "slowlog-max-len", "100000")
        _ = try await client.call("SLOWLOG", "RESET")
    }

    fileprivate func longestCommandMilliseconds() async throws -> Double {
        let commands = try await client.call("SLOWLOG", "GET", "-1").elements
        let microseconds = commands.compactMap { Array($0.elements).dropFirst(2).first?.integer }
        return Double(microseconds.max() ?? 1000) / 1000
    }
}
