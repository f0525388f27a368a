import Foundation
import JobTesting
import Jobs
import Platform
import PostgresClient
import Storage
import TestSupport
import Testing
import VideoRecord

@testable import VideoWorker

@Suite("The row of a video", .timeLimit(.minutes(3)))
struct RecordedVideoTests {
    // MARK: Ends

    @Test func `a video that is published is ready, and the platform is told`() async throws {
        try await Archive.with { archive async throws in
            #expect(await archive.version(1).outcome.isSuccess)
            #expect(try await archive.states() == ["ready media:1-0"])
            #expect(try await archive.told() == ["video.ready media:1-0"])
            #expect(try await archive.video().published?.duration == 9)
        }
    }

    @Test func `a job that comes back until its pieces are done is one`() async throws {
        try await Archive.with { archive async throws in
            for _ in 1...3 {
                let run = await archive.run { _ in .snooze(.seconds(5)) }
                #expect(run.outcome.snooze == .seconds(5))
                #expect(try await archive.states() == ["processing media:1-0"])
                #expect(try await archive.lines("SELECT count(*) FROM coursework.video_folders") == ["0"])
            }
            #expect(await archive.version(1).outcome.isSuccess)
            #expect(await archive.version(1).outcome.isSuccess)
            #expect(try await archive.states() == ["ready media:1-0"])
        }
    }

    @Test func `what is buried has failed, once`() async throws {
        try await Archive.with { archive async throws in
            let thrown = await archive.run { _ in throw UnsoundOutput("It is damaged.") }
            #expect(thrown.outcome.burial == "It is damaged.")
            let returned = await archive.run { _ in .bury(reason: "It is damaged.") }
            #expect(returned.outcome.burial == "It is damaged.")
            #expect(try await archive.states() == ["failed media:1-0 It is damaged."])
            #expect(try await archive.told() == ["video.failed media:1-0 It is damaged."])
        }
    }

    @Test func `an attempt that fails is told of when it was the last`() async throws {
        try await Archive.with { archive async throws in
            for attempt in 1...3 {
                let run = await archive.run(Archive.job(1, attempt: attempt)) { _ in
                    throw StorageError.unavailable("it burns")
                }
                #expect(run.outcome.retryReason?.contains("it burns") == true)
                #expect(try await archive.states() == ["processing media:1-0"])
            }
            _ = await archive.run(Archive.job(1, attempt: 4)) { _ in throw StorageError.unavailable("it burns") }
            let reason = "The storage cannot be used: it burns."
            #expect(try await archive.states() == ["failed media:1-0 \(reason)"])
            #expect(try await archive.told() == ["video.failed media:1-0 \(reason)"])
        }
    }

    @Test func `a job that a person cancels is cancelled`() async throws {
        try await Archive.with { archive in
            var test = Archive.job(1)
            test.isCancelledForGood = true
            let task = Task { [test] in
                await archive.run(test) { _ in
                    // Longer than a busy machine keeps anybody waiting.
                    try await Task.sleep(for: .seconds(3600))
                    return .success()
                }
            }
            try await eventually("it runs") { try await archive.states() == ["processing media:1-0"] }
            task.cancel()
            #expect(await task.value.error is CancellationError)
            #expect(try await archive.states() == ["cancelled media:1-0"])
            #expect(try await archive.told().isEmpty)
        }
    }

    @Test func `a job that another worker has writes nothing`() async throws {
        try await Archive.with { archive async throws in
            var test = Archive.job(1)
            test.isTakenAway = true
            let failed = await archive.run(test) { _ in .bury(reason: "It is damaged.") }
            let published = await archive.run(test) { attempt in
                try await archive.publish(attempt)
                return .success()
            }
            #expect(failed.error is JobTakenAway && published.error is JobTakenAway)
            #expect(try await archive.states() == ["processing media:1-0"])
            #expect(try archive.files().isEmpty)
        }
    }

    @Test func `an upload that is gone once the platform was told does no harm`() async throws {
        try await Archive.with { archive in
            await archive.version(1)
            let upload = try #require(StorageKey("uploads/one"))
            let again = await archive.run { _ in throw StorageError.absent(upload) }
            #expect(again.outcome.result?.json.isEmpty == false)
            #expect(try await archive.states() == ["ready media:1-0"])
            #expect(try await archive.told() == ["video.ready media:1-0"])
            // Another job for it has failed.
            let other = await archive.run(Archive.job(2)) { _ in throw StorageError.absent(upload) }
            #expect(other.outcome.burial?.contains("There is no object") == true)
            #expect(try await archive.video().published != nil)
        }
    }

    @Test func `what makes no sense has no row`() async throws {
        try await Archive.with { archive async throws in
            let handler = TranscodeVideoHandler(
                storage: archive.storage, rules: TranscodingRules(workFolder: archive.folder.file("work")),
                record: archive.record)
            let run = await TestJob.run(handler, TranscodeVideo(source: "../x", destination: "videos/one"))
            #expect(run.outcome.burial?.contains("no key in the storage") == true)
            #expect(try await archive.states().isEmpty)
        }
    }

    @Test func `a job says itself whether the platform hears of it`() async throws {
        try await Archive.with { archive async throws in
            let handler = TranscodeVideoHandler(
                storage: archive.storage, rules: TranscodingRules(workFolder: archive.folder.file("work")),
                record: archive.record)
            var job = TranscodeVideo(source: "uploads/none", destination: "videos/quiet")
            _ = await Archive.job(1).run(handler, job)
            #expect(try await archive.told().isEmpty)
            job.destination = "videos/loud"
            job.follows = VideoFollowUps(event: true)
            _ = await Archive.job(2).run(handler, job)
            #expect(try await archive.told().count == 1)
        }
    }

    // MARK: Two jobs

    @Test func `an older job does not publish over a newer one`() async throws {
        try await Archive.with { archive async throws in
            let old = await archive.run(Archive.job(1)) { attempt in
                #expect(await archive.version(2).outcome.isSuccess)
                try await archive.publish(attempt)
                return .success()
            }
            #expect(old.outcome.discarding?.contains("newer job") == true)
            #expect(try await archive.states() == ["ready media:2-0"])
            #expect(try await archive.video().published?.folder.contains("/2-0-") == true)
            // Nor when it comes back later.
            #expect(await archive.version(1).outcome.discarding != nil)
            #expect(try await archive.told() == ["video.ready media:2-0"])
        }
    }

    // MARK: Outages

    @Test func `without its database a job waits before it begins`() async throws {
        try await Archive.with { archive in
            try await away(archive) { record, _ in
                let run = await archive.run(Archive.job(1), record) { _ in
                    Issue.record("it ran")
                    return .success()
                }
                #expect(run.outcome.snooze != nil)
            }
        }
    }

    @Test func `a video that is made while the database is away is published, told later, and not made again`()
        async throws
    {
        try await Archive.with { archive in
            let studio = try Studio { $0.maxHeight = 144 }
            try await studio.upload("-f lavfi -i testsrc2=s=160x120:r=10 -t 2 -c:v libx264 -preset ultrafast -f mp4")
            try await away(archive, isAway: false) { record, proxy in
                // It goes away with the first file, and comes back when the job has been run.
                let storage = WatchedStorage(inner: studio.storage) {
                    if $0.text.hasSuffix("files.json") { proxy.set(.cutRequest(containing: "\0")) }
                }
                let handler = TranscodeVideoHandler(
                    storage: storage, rules: studio.rules, record: record, follows: VideoFollowUps(event: true))
                let job = TranscodeVideo(source: "uploads/video", destination: "videos/one")
                let first = await Archive.job(1).run(handler, job)
                #expect(first.outcome.snooze != nil)
                let published = try studio.pointer()
                #expect(try await archive.states() == ["processing media:1-0"])
                #expect(try await archive.told().isEmpty)
                proxy.set(.none)
                try await eventually("the database is back") {
                    (try? await record.client.query("SELECT 1")) != nil
                }
                let second = await Archive.job(1).run(handler, job)
                #expect(second.outcome.isSuccess)
                #expect(try studio.pointer() == published)
                #expect(try await archive.told() == ["video.ready media:1-0"])
                #expect(try await archive.video().published?.master == published.master)
            }
        }
    }

    /// Lends a record whose database is away, or can be sent away.
    private func away(
        _ archive: Archive, isAway: Bool = true,
        _ body: (VideoRecord, FaultProxy<PostgresConfiguration>) async throws -> Void
    ) async throws {
        let proxy = try FaultProxy(to: archive.postgres.configuration)
        defer { proxy.stop() }
        if isAway { proxy.set(.cutRequest(containing: "\0")) }
        var configuration = proxy.configuration
        configuration.waitTimeout = .seconds(1)
        let client = PostgresClient(configuration, name: "away", loop: archive.postgres.loop)
        defer { client.close() }
        try await body(VideoRecord(client, persistence: Persistence(limit: .milliseconds(200))), proxy)
    }
}
