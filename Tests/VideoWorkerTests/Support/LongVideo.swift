import JobTesting
import Jobs
import TestSupport

@testable import VideoWorker

/// The job of a video that is encoded in chunks, run by hand: it remembers what a job remembers between its runs.
struct LongVideo {
    let studio: Studio
    var job = TranscodeVideo(source: "uploads/video", destination: "videos/one")
    var test = TestJob(id: JobID("media:long"))

    /// 19 seconds, in three chunks, of which the last is the longest, and the sound.
    init(sound: Bool = true) async throws {
        studio = try Studio { $0.chunkDuration = .seconds(6) }
        try await studio.upload(
            "-f lavfi -i testsrc=s=192x108:r=10 \(sound ? "-f lavfi -i sine=f=300 -c:a aac" : "") -t 19 -c:v libx264 "
                + "-preset ultrafast -g 20 -f mp4")
    }

    /// Once.
    mutating func run() async -> TestRun {
        let run = await test.run(TranscodeVideoHandler(storage: studio.storage, rules: studio.rules), job)
        test.checkpoint = run.checkpoints.last ?? test.checkpoint
        return run
    }

    /// Those that encode its parts, and have not been run.
    func runParts() async throws -> [TestRun] { try await test.jobs.drain(through: studio.handlers, as: test) }

    /// Of an object in the folder of its chunks.
    func chunkFile(_ name: String) throws -> String {
        guard let file = try studio.chunkFiles().first(where: { $0.hasSuffix("/" + name) }) else {
            throw TestFailure("There is no \(name).")
        }
        return studio.path("videos/one/\(file)")
    }
}
