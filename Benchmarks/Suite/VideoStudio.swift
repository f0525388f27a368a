internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient

/// Workers that transcode videos, one after another, and what is seen of them meanwhile.
struct VideoStudio {
    /// What a job took, in seconds of wall time.
    struct Run {
        var seconds: Double
        var encoderSeconds: Double
        /// From its enqueue to the start of its encoder.
        var secondsBefore: Double
        /// From the end of its encoder to its own.
        var secondsAfter: Double
        /// Of the worker's process alone while its encoder ran: of one core.
        var processorShare: Double
        /// The most of them at any look meanwhile.
        var megabytes: Double
    }

    /// What a job took whose video was encoded in chunks, in seconds of wall time.
    struct ChunkedRun {
        var seconds: Double
        /// While but one worker had something to do: before the first chunk was encoded, and after the last.
        var serialSeconds: Double
        /// Of all workers together, while there were chunks to encode.
        var encodingSeconds: Double
        var chunks: Int

        /// Of all the work, what cannot be shared.
        var serialShare: Double { serialSeconds / (serialSeconds + encodingSeconds) }
    }

    private struct Look: Sendable {
        let milliseconds: Int
        let processorSeconds: Double
        let megabytes: Double
    }

    private static let patience = Duration.seconds(3600)
    private static let lookEvery = Duration.milliseconds(250)

    private let redis: BenchRedis
    private let workers: [WorkerProcess]
    private let waiting: RedisClient

    /// - Parameter chunkDuration: as the configuration has it; `1d` has every video encoded in one go.
    static func start(on redis: BenchRedis, workers count: Int, chunkDuration: String) async throws -> VideoStudio {
        let configuration = redis.workshop.folder + "/video.json5"
        try redis.workshop.write(
            #"{ workers: { video: { chunkDuration: "\#(chunkDuration)" } } }"#, to: configuration)
        // What each program took is told in the log.
        let environment = [
            "COURSEWORK_CONFIG": configuration, "COURSEWORK_LOG_LEVEL": "debug", "COURSEWORK_LOG_FORMAT": "json",
        ]
        var workers: [WorkerProcess] = []
        for _ in 0..<count {
            workers.append(
                try await WorkerProcess.start(
                    on: redis.server.url, environment, workshop: redis.workshop, slots: 1))
        }
        let waiting = RedisClient(redis.server.configuration, name: "bench-wait", loop: redis.workshop.loop)
        return VideoStudio(redis: redis, workers: workers, waiting: waiting)
    }

    func stop() async {
        waiting.close()
        for worker in workers { await worker.stop() }
    }

    /// By a job alone.
    func transcode(_ source: String, to destination: String) async throws -> Run {
        let begin = Int(WallClock.milliseconds)
        let id = try await enqueue(source, destination)
        async let watched = looks(until: id)
        let end = try await end(of: id)
        let programs = try programs(since: begin).filter { $0.job_id == id.description }
        guard let encoder = programs.max(by: { $0.duration_ms < $1.duration_ms }) else {
            throw BenchmarkFailure(description: "the worker's log tells of no encoder")
        }
        let meanwhile = try await watched.filter { (encoder.began...encoder.ended).contains($0.milliseconds) }
        return Run(
            seconds: Self.seconds(begin, end), encoderSeconds: Self.seconds(encoder.began, encoder.ended),
            secondsBefore: Self.seconds(begin, encoder.began), secondsAfter: Self.seconds(encoder.ended, end),
            processorShare: Self.processorShare(meanwhile), megabytes: meanwhile.map(\.megabytes).max() ?? .nan)
    }

    /// By the jobs of its chunks.
    func transcodeInChunks(_ source: String, to destination: String) async throws -> ChunkedRun {
        let begin = Int(WallClock.milliseconds)
        let end = try await end(of: try await enqueue(source, destination))
        let parts = try programs(since: begin).filter { $0.type == "video.chunk" || $0.type == "video.sound" }
        guard let first = parts.map(\.began).min(), let last = parts.map(\.ended).max() else {
            throw BenchmarkFailure(description: "the worker's log tells of no chunk")
        }
        let chunks = Set(parts.filter { $0.type == "video.chunk" }.map(\.job_id)).count
        return ChunkedRun(
            seconds: Self.seconds(begin, end), serialSeconds: Self.seconds(begin, first) + Self.seconds(last, end),
            encodingSeconds: Double(workers.count) * Self.seconds(first, last), chunks: chunks)
    }

    private func enqueue(_ source: String, _ destination: String) async throws -> JobID {
        let args = #"{"source":"\#(source)","destination":"\#(destination)"}"#
        var job = NewJob("video.transcode", queue: Workshop.queue, args: Array(args.utf8))
        job.trackFor = Self.patience
        return try await redis.queue.enqueue(job)
    }

    /// - Returns: when it was done, in milliseconds since 1970.
    private func end(of id: JobID) async throws -> Int {
        let status = try await redis.queue.waitForEnd(of: id, for: Self.patience, through: waiting)
        guard status?.state == "done" else {
            throw BenchmarkFailure(description: "video.transcode came to nothing: \(status?.error ?? "it goes on")")
        }
        return Int(WallClock.milliseconds)
    }

    private func programs(since begin: Int) throws -> [ProgramRun] {
        try ProgramRun.all(inLog: redis.workshop.folder + "/worker.log").filter { $0.began >= begin }
    }

    private static func seconds(_ from: Int, _ to: Int) -> Double { Double(to - from) / 1000 }

    private static func processorShare(_ looks: [Look]) -> Double {
        guard let first = looks.first, let last = looks.last, last.milliseconds > first.milliseconds else {
            return .nan
        }
        return (last.processorSeconds - first.processorSeconds) / seconds(first.milliseconds, last.milliseconds)
    }

    private func looks(until id: JobID) async throws -> [Look] {
        var looks: [Look] = []
        while try await redis.queue.status(of: id)?.hasEnded == false {
            looks.append(
                Look(
                    milliseconds: Int(WallClock.milliseconds), processorSeconds: workers[0].processorSeconds,
                    megabytes: workers[0].residentMegabytes))
            await redis.workshop.loop.sleep(for: Self.lookEvery)
        }
        return looks
    }
}

/// A program that a job ran, as the worker's log tells of it.
private struct ProgramRun: Decodable {
    let time: String
    let job_id: String
    let type: String
    let program: String
    let duration_ms: Double

    /// In milliseconds since 1970.
    var ended: Int { Timestamp(time)?.milliseconds ?? 0 }
    var began: Int { ended - Int(duration_ms) }

    static func all(inLog file: String) throws -> [ProgramRun] {
        try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            .compactMap { try? JSONDecoder().decode(ProgramRun.self, from: Data($0.utf8)) }
    }
}
