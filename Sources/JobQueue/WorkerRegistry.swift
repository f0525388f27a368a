internal import FoundationEssentials
internal import Jobs
public import RedisClient

/// Which workers there are: each says every few seconds that it lives, and what it does.
///
/// `cw:workers` is a sorted set of their ids by when they were last heard of, in ms since 1970 by the clock of Redis;
/// `cw:worker:{id}` is the last report of each, as JSON.
public struct WorkerRegistry: Sendable {
    /// A worker that was heard of lately.
    public struct Entry: Sendable, Equatable {
        public let id: WorkerID
        /// Nil when its report cannot be read.
        public let report: WorkerReport?
        /// When it was last heard of, in ms since 1970 by the clock of Redis.
        public let seenMilliseconds: Int
        public let silentFor: Duration

        /// It said nothing for as long as three reports take: it froze, was cut off, or died.
        public var isSilent: Bool { silentFor > WorkerRegistry.reportEvery * 3 }
    }

    public static let reportEvery = Duration.seconds(5)
    /// Workers silent for so long are forgotten.
    public static let forgetAfter = Duration.seconds(600)
    /// More than anyone reads.
    private static let mostListed = 1000

    private let client: RedisClient

    public init(client: RedisClient) { self.client = client }

    /// Says that a worker lives, in one round trip.
    public func announce(_ worker: WorkerID, _ report: WorkerReport) async throws(RedisError) {
        var pipeline = RedisPipeline()
        let forget = "\(Self.forgetAfter.milliseconds)"
        pipeline.add("FCALL", "cw_announce", "1", Self.key, worker.description, forget)
        // A Redis whose memory is full keeps the report before.
        pipeline.add("SET", Self.key(of: worker), Self.json(report), "PX", forget)
        if let error = try await FunctionLibrary(client: client).sendAll(pipeline).first.error { throw error }
    }

    /// Forgets a worker that ended.
    public func remove(_ worker: WorkerID) async throws(RedisError) {
        var pipeline = RedisPipeline("ZREM", Self.key, worker.description)
        pipeline.add("DEL", Self.key(of: worker))
        if let error = try await client.send(pipeline).firstError { throw error }
    }

    /// All that were heard of in the last ten minutes, in the order of their ids; the latest thousand.
    public func workers() async throws(RedisError) -> [Entry] {
        var pipeline = RedisPipeline("TIME")
        pipeline.add("ZREVRANGE", Self.key, "0", "\(Self.mostListed - 1)", "WITHSCORES")
        let values = try await answers(to: pipeline)
        let now = values[0].milliseconds
        var seen: [(WorkerID, Int)] = []
        var listed = values[1].elements
        while let id = listed.next()?.string, let score = listed.next()?.string {
            seen.append((WorkerID(description: id), Self.milliseconds(score)))
        }
        let reports = try await reports(of: seen.map(\.0))
        return zip(seen, reports).map { worker, report in
            Entry(
                id: worker.0, report: report, seenMilliseconds: worker.1,
                silentFor: .milliseconds(max(0, now - worker.1)))
        }.sorted { $0.id.description < $1.id.description }
    }

    private func reports(of workers: [WorkerID]) async throws(RedisError) -> [WorkerReport?] {
        guard !workers.isEmpty else { return [] }
        var pipeline = RedisPipeline()
        for worker in workers { pipeline.add("GET", Self.key(of: worker)) }
        return try await client.send(pipeline).values.map { value in
            value.bytes.flatMap { try? JSONDecoder().decode(WorkerReport.self, from: Data($0)) }
        }
    }

    /// Others may have written anything there.
    private static func milliseconds(_ score: String) -> Int {
        guard let score = Double(score), score > 0, score < 0x1p53 else { return 0 }
        return Int(score)
    }

    private func answers(to pipeline: RedisPipeline) async throws(RedisError) -> [RedisValue] {
        let reply = try await client.send(pipeline)
        if let error = reply.firstError { throw error }
        return Array(reply.values)
    }

    private static let key = "cw:workers"

    private static func key(of worker: WorkerID) -> String { "cw:worker:\(worker)" }

    private static func json(_ report: WorkerReport) -> String {
        guard let json = try? JSONEncoder().encode(report) else { preconditionFailure("a report is always JSON") }
        return String(decoding: json, as: UTF8.self)
    }
}
