internal import FoundationEssentials
internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient

/// One worker that transcodes videos, one after another, each in one go, and what is seen of it meanwhile.
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

    private struct Look: Sendable {
        let milliseconds: Int
        let processorSeconds: Double
        let megabytes: Double
    }

    private static let patience = Duration.seconds(3600)
    private static let lookEvery = Duration.milliseconds(250)

    private let redis: BenchRedis
    private let worker: WorkerProcess
    private let waiting: RedisClient

    static func start(on redis: BenchRedis) async throws -> VideoStudio {
        // No video is so long that it is encoded in chunks.
        let configuration = redis.workshop.folder + "/video.json5"
        try redis.workshop.write(#"{ workers: { video: { chunkDuration: "1d" } } }"#, to: configuration)
        // What each program took is told in the log.
        let environment = [
            "COURSEWORK_CONFIG": configuration, "COURSEWORK_LOG_LEVEL": "debug", "COURSEWORK_LOG_FORMAT": "json",
        ]
        let worker = try await WorkerProcess.start(
            on: redis.server.url, environment, workshop: redis.workshop, slots: 1)
        let waiting = RedisClient(redis.server.configuration, name: "bench-wait", loop: redis.workshop.loop)
        return VideoStudio(redis: redis, worker: worker, waiting: waiting)
    }

    func stop() async {
        waiting.close()
        await worker.stop()
    }

    func transcode(_ source: String, to destination: String) async throws -> Run {
        let args = #"{"source":"\#(source)","destination":"\#(destination)"}"#
        var job = NewJob("video.transcode", queue: Workshop.queue, args: Array(args.utf8))
        job.trackFor = Self.patience
        let begin = Int(WallClock.milliseconds)
        let id = try await redis.queue.enqueue(job)
        async let watched = looks(until: id)
        let status = try await redis.queue.waitForEnd(of: id, for: Self.patience, through: waiting)
        let end = Int(WallClock.milliseconds)
        guard status?.state == "done" else {
            throw BenchmarkFailure(description: "video.transcode came to nothing: \(status?.error ?? "it goes on")")
        }
        guard
            let encoder = try ProgramRun.all(of: id, inLog: redis.workshop.folder + "/worker.log")
                .max(by: { $0.duration_ms < $1.duration_ms })
        else { throw BenchmarkFailure(description: "the worker's log tells of no encoder") }
        let meanwhile = try await watched.filter { (encoder.began...encoder.ended).contains($0.milliseconds) }
        return Run(
            seconds: Self.seconds(begin, end), encoderSeconds: Self.seconds(encoder.began, encoder.ended),
            secondsBefore: Self.seconds(begin, encoder.began), secondsAfter: Self.seconds(encoder.ended, end),
            processorShare: Self.processorShare(meanwhile), megabytes: meanwhile.map(\.megabytes).max() ?? .nan)
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
                    milliseconds: Int(WallClock.milliseconds), processorSeconds: worker.processorSeconds,
                    megabytes: worker.residentMegabytes))
            await redis.workshop.loop.sleep(for: Self.lookEvery)
        }
        return looks
    }
}

/// A program that a job ran, as the worker's log tells of it.
private struct ProgramRun: Decodable {
    let time: String
    let job_id: String
    let program: String
    let duration_ms: Double

    /// In milliseconds since 1970.
    var ended: Int { Timestamp(time)?.milliseconds ?? 0 }
    var began: Int { ended - Int(duration_ms) }

    static func all(of id: JobID, inLog file: String) throws -> [ProgramRun] {
        try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
            .compactMap { try? JSONDecoder().decode(ProgramRun.self, from: Data($0.utf8)) }
            .filter { $0.job_id == id.description }
    }
}
