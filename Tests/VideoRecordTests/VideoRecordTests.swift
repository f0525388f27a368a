import TestSupport
import Testing
import VideoRecord

@Suite("What became of videos", .timeLimit(.minutes(2)))
struct VideoRecordTests {
    @Test func `a job that runs again is one video, and is told of once`() async throws {
        try await Archive.with { archive in
            let first = try await archive.begin("media:1")
            #expect(try await archive.begin("media:1", folder: "again")?.video == first?.video)
            #expect(try await archive.state() == ["processing media:1"])
            #expect(try await archive.ready(first, folder: "media:1"))
            // Delivered again, because its end was lost.
            let again = try await archive.begin("media:1", folder: "third")
            #expect(again?.wasReady == true && first?.wasReady == false)
            #expect(try await archive.state() == ["processing media:1 videos/one/media:1"])
            #expect(try await archive.ready(again, folder: "media:1"))
            #expect(try await archive.state() == ["ready media:1 videos/one/media:1"])
            #expect(try await archive.told() == ["video.ready media:1 videos/one/media:1/master.m3u8"])
        }
    }

    @Test func `each version is told of with what a platform needs`() async throws {
        try await Archive.with { archive in
            #expect(try await archive.ready(try await archive.begin("media:1"), folder: "media:1"))
            #expect(try await archive.ready(try await archive.begin("media:2"), folder: "media:2"))
            #expect(try await archive.told().count == 2)
            let args = try await archive.lines("SELECT args::text FROM coursework.outbox ORDER BY sequence LIMIT 1")
            #expect(
                args == [
                    #"{"captions":[],"destination":"videos/one","duration":9.5,"job":"media:1","master":"videos/one/media:1/master.m3u8","poster":"videos/one/media:1/poster.jpg","progressive":"videos/one/media:1/video.mp4","renditions":[{"averageBitRate":700000,"height":360,"width":640}],"source":"uploads/one","storyboard":"videos/one/media:1/storyboard/storyboard.vtt"}"#
                ])
        }
    }

    @Test func `a failure is told of once, and a replay that succeeds is`() async throws {
        try await Archive.with { archive async throws in
            #expect(try await archive.failed(try await archive.begin("media:1")))
            #expect(try await archive.failed(try await archive.begin("media:1")))
            #expect(try await archive.state() == ["failed media:1"])
            #expect(try await archive.ready(try await archive.begin("media:1", folder: "b"), folder: "b"))
            #expect(
                try await archive.told() == [
                    "video.failed media:1 It is damaged.", "video.ready media:1 videos/one/b/master.m3u8",
                ])
            #expect(try await archive.lines("SELECT reason FROM coursework.videos") == ["null"])
        }
    }

    @Test func `nobody is told who does not want it`() async throws {
        try await Archive.with { archive async throws in
            #expect(try await archive.failed(try await archive.begin("media:1", event: false)))
            #expect(try await archive.ready(try await archive.begin("media:2", event: false), folder: "media:2"))
            #expect(try await archive.told().isEmpty)
        }
    }

    @Test func `a reason may be any text`() async throws {
        try await Archive.with { archive async throws in
            let reason = "\0" + String(repeating: "é", count: 5000)
            #expect(try await archive.failed(try await archive.begin("media:1"), reason))
            #expect(try await archive.lines("SELECT length(reason) FROM coursework.videos") == ["2000"])
        }
    }

    // MARK: Two jobs

    @Test func `a job writes nothing once another one has its destination`() async throws {
        try await Archive.with { archive in
            let old = try #require(try await archive.begin("media:1"))
            let new = try #require(try await archive.begin("media:2"))
            #expect(try await !archive.record.holds(old))
            #expect(try await archive.record.holds(new))
            #expect(try await !archive.ready(old, folder: "media:1"))
            #expect(try await !archive.failed(old))
            try await archive.record.cancelled(old)
            #expect(try await archive.state() == ["processing media:2"])
            // It does not take it back either, however late it comes.
            #expect(try await archive.begin("media:1") == nil)
            #expect(try await archive.ready(new, folder: "media:2"))
            #expect(try await archive.begin("media:1") == nil)
            #expect(try await archive.state() == ["ready media:2 videos/one/media:2"])
        }
    }

    @Test func `what was published stays until another version is`() async throws {
        try await Archive.with { archive in
            #expect(try await archive.ready(try await archive.begin("media:1"), folder: "media:1"))
            #expect(try await archive.failed(try await archive.begin("media:2")))
            #expect(try await archive.state() == ["failed media:2 videos/one/media:1"])
            let video = try #require(try await archive.record.find("videos/one"))
            #expect(video.published == .test(in: "videos/one/media:1"))
            #expect(video.state == .failed && video.reason == "It is damaged.")
        }
    }

    // MARK: Folders

    @Test func `folders are leftovers that no video has, and that no attempt can be writing`() async throws {
        try await Archive.with { archive in
            let first = try await archive.begin("media:1", folder: "died")
            _ = try await archive.begin("media:1", folder: "a")
            // Its job still runs.
            #expect(try await archive.leftovers() == [])
            #expect(try await archive.ready(first, folder: "a"))
            #expect(try await archive.leftovers() == ["videos/one/died"])
            #expect(try await archive.leftovers(abandoned: .seconds(3600)) == [])
            let second = try await archive.begin("media:2", folder: "b")
            #expect(try await archive.leftovers() == ["videos/one/died"])
            #expect(try await archive.ready(second, folder: "b"))
            #expect(try await archive.leftovers() == ["videos/one/a", "videos/one/died"])
            #expect(try await archive.leftovers(replaced: .seconds(3600)) == ["videos/one/died"])
            try await archive.record.forget(folder: "videos/one/died")
            #expect(try await archive.leftovers() == ["videos/one/a"])
        }
    }

    @Test func `a version that is published again is no leftover`() async throws {
        try await Archive.with { archive async throws in
            #expect(try await archive.ready(try await archive.begin("media:1"), folder: "media:1"))
            #expect(try await archive.ready(try await archive.begin("media:2"), folder: "media:2"))
            #expect(try await archive.ready(try await archive.begin("media:3"), folder: "media:1"))
            #expect(try await archive.leftovers() == ["videos/one/media:2", "videos/one/media:3"])
        }
    }

    @Test func `an erased video says nothing, and all its folders are leftovers`() async throws {
        try await Archive.with { archive in
            let claim = try await archive.begin("media:1")
            let running = try #require(try await archive.record.find("videos/one"))
            #expect(try await !archive.record.erase(running))
            #expect(try await archive.ready(claim, folder: "media:1"))
            let video = try #require(try await archive.record.find("videos/one"))
            #expect(try await archive.record.erase(video))
            let erased = try #require(try await archive.record.find("videos/one"))
            #expect(erased.state == .erased && erased.source == nil && erased.published == nil)
            #expect(
                try await archive.leftovers(replaced: .seconds(3600), abandoned: .seconds(3600)) == [
                    "videos/one/media:1"
                ])
            // The next job makes it anew.
            #expect(try await archive.ready(try await archive.begin("media:2"), folder: "media:2"))
        }
    }

    @Test func `lists the newest first, and tells of what lasts too long`() async throws {
        try await Archive.with { archive in
            _ = try await archive.begin("media:1")
            _ = try await archive.record.begin(
                VideoBeginning(
                    source: "uploads/two", destination: "videos/two", job: "media:2", folder: "videos/two/2",
                    event: false))
            #expect(try await archive.record.list(nil, limit: 5).map(\.destination) == ["videos/two", "videos/one"])
            #expect(try await archive.record.list(.ready, limit: 5).isEmpty)
            #expect(try await archive.record.processing().map(\.job) == ["media:1", "media:2"])
            #expect(try await archive.record.unfinished(olderThan: .zero).count == 2)
            #expect(try await archive.record.unfinished(olderThan: .seconds(60)).count == 0)
        }
    }
}
