import Foundation
import JobTesting
import Jobs
import Storage
import TestSupport
import Testing

@testable import VideoWorker

/// Whatever happens to a part of a long video or to its job: what is encoded is not encoded again, and nothing is left.
@Suite("Chunks that go wrong", .timeLimit(.minutes(5)))
struct ChunkFailureTests {
    @Test func `are told by the dead letter of their video, which goes on when it is replayed`() async throws {
        var video = try await LongVideo()
        #expect(await video.run().outcome.snooze != nil)
        let source = URL(fileURLWithPath: try video.chunkFile("chunk2.source"))
        let whole = try Data(contentsOf: source)
        try whole.prefix(2000).write(to: source)

        let runs = try await video.runParts()
        #expect(runs.count { $0.outcome.isSuccess } == 3)
        let reason = try #require(runs.compactMap(\.outcome.discarding).first)
        let dead = await video.run()
        #expect(dead.outcome.burial == reason)

        // Mended, and replayed: the one chunk is encoded, and no other.
        try whole.write(to: source)
        #expect(await video.run().outcome.snooze != nil)
        let more = try await video.runParts()
        #expect(more.map(\.type.name) == ["video.chunk"])
        #expect(more.count { $0.outcome.isSuccess } == 1)
        #expect(await video.run().outcome.isSuccess)
        #expect(try video.studio.pointer().duration.rounded() == 19)
        #expect(try video.studio.chunkFiles().isEmpty)
    }

    @Test func `take the others with them`() async throws {
        var video = try await LongVideo(sound: false)
        _ = await video.run()
        let batch = try #require(video.test.jobs.batches.first)
        video.test.batchProgress[batch.id] = BatchProgress(pending: 2, other: 1)
        let run = await video.run()
        #expect(run.cancelledBatches == [batch.id])
        #expect(run.outcome.snooze != nil)
    }

    @Test func `end with their video, and are removed`() async throws {
        var video = try await LongVideo()
        #expect(await video.run().outcome.snooze != nil)
        let callback: SweepChunks = try #require(video.test.jobs.batches.first?.onComplete).payload()
        // While it waits, or is dead and may go on, nothing is.
        var sweep = TestJob()
        let sweeper = SweepChunksHandler(storage: video.studio.storage)
        #expect(await sweep.run(sweeper, callback).outcome.isSuccess)
        #expect(try video.studio.chunkFiles().isEmpty == false)

        video.test.endedJobs = [try #require(video.test.id)]
        let runs = try await video.runParts()
        #expect(runs.count == 4)
        #expect(runs.count { $0.outcome.discarding?.contains("has ended") == true } == 4)
        sweep.endedJobs = video.test.endedJobs
        #expect(await sweep.run(sweeper, callback).outcome.isSuccess)
        #expect(try video.studio.chunkFiles().isEmpty)
    }

    @Test func `are cut on from where a worker died`() async throws {
        var video = try await LongVideo()
        let studio = video.studio
        let task = Task { [video] in
            var video = video
            return await video.run()
        }
        try await eventually(within: .seconds(120), "two chunks are cut") {
            try studio.chunkFiles().count { $0.hasSuffix(".source") } >= 2
        }
        task.cancel()
        #expect(await task.value.error is CancellationError)
        let first = try video.chunkFile("chunk0.source")
        let written = try FileManager.default.attributesOfItem(atPath: first)[.systemFileNumber] as? Int
        #expect(await video.run().outcome.snooze != nil)
        #expect(try FileManager.default.attributesOfItem(atPath: first)[.systemFileNumber] as? Int == written)
        let parts = try await video.runParts()
        #expect(parts.count { $0.outcome.isSuccess } == parts.count)
        #expect(await video.run().outcome.isSuccess)
    }

    @Test func `that Redis has lost are enqueued again, but for those that are encoded`() async throws {
        var video = try await LongVideo()
        _ = await video.run()
        _ = try await video.runParts()
        try FileManager.default.removeItem(atPath: try video.chunkFile("chunk1.mp4"))
        // Redis knows nothing of it.
        video.test.jobs = CapturedJobs()
        #expect(await video.run().outcome.snooze != nil)
        let parts = try await video.runParts()
        #expect(parts.map(\.type.name) == ["video.chunk"])
        #expect(await video.run().outcome.isSuccess)
    }

    @Test func `that do not fit together are encoded anew`() async throws {
        var video = try await LongVideo()
        _ = await video.run()
        _ = try await video.runParts()
        var report = ChunkReport(frames: 120, headers: ["MD5:of another encoder"])
        report.loudness = nil
        try Data(JSONEncoder().encode(report)).write(to: URL(fileURLWithPath: try video.chunkFile("chunk1.json")))
        #expect(await video.run().outcome.retryReason?.contains("encoded in different ways") == true)
        #expect(try video.studio.chunkFiles().isEmpty)
        #expect(await video.run().outcome.snooze != nil)
        #expect(try await video.runParts().count == 4)
        #expect(await video.run().outcome.isSuccess)
    }

    @Test func `keep captions and are encrypted`() async throws {
        var video = try await LongVideo(sound: false)
        try video.studio.upload(Array("1\n00:00:11,000 --> 00:00:12,000\nMitten drin\n".utf8), as: "uploads/de.srt")
        video.job.captions = [.init(source: "uploads/de.srt", language: "de", name: "Deutsch")]
        video.job.encryption = .init(address: "file://\(video.studio.path("keys/one"))", key: "keys/one")
        _ = await video.run()
        #expect(try await video.runParts().count == 3)
        #expect(await video.run().outcome.isSuccess)
        let published = try video.studio.pointer()
        #expect(try video.studio.text(try #require(published.captions.first)).contains("Mitten drin"))
        #expect(try video.studio.playlist("192x108", of: published).contains("#EXT-X-KEY:METHOD=AES-128"))
        #expect(published.sourceLoudness == nil)
    }

    @Test func `are no matter of short videos`() async throws {
        let studio = try Studio { $0.chunkDuration = .seconds(6) }
        try await studio.upload("-f lavfi -i testsrc=s=192x108:r=10 -t 17 -c:v libx264 -preset ultrafast -f mp4")
        #expect(try await studio.video().duration.rounded() == 17)
    }

    @Test func `of strangers are refused`() async throws {
        let studio = try Studio()
        for folder in ["videos/one", "../chunks-1", ""] {
            let run = await TestJob().run(
                TranscodeChunkHandler(storage: studio.storage, rules: studio.rules),
                TranscodeChunk(video: "media:long", folder: folder, chunk: 0))
            #expect(run.outcome.burial?.contains("only video.transcode makes such jobs") == true)
        }
        let absent = await TestJob().run(
            TranscodeSoundHandler(storage: studio.storage, rules: studio.rules),
            TranscodeSound(video: "media:long", folder: "videos/chunks-1"))
        #expect(absent.outcome.discarding != nil)
    }
}
