import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("videos", .inTurns)
struct VideosTests {
    private static let configuration = """
        {
            workers: { video: { preset: "ultrafast", threads: 1, maxHeight: 144, sandbox: "none", keepVersions: "0s",
                                follows: { event: true } } },
        }
        """

    @Test func `a video is listed, shown, made anew, tidied and erased`() async throws {
        try await Site.with(Self.configuration, redis: nil) { site in
            _ = try await site.startDev()
            try await upload(to: site, seconds: 1)
            try await transcode(site)
            let list = try await site.runOnDev("videos", "list")
            #expect(list.output.contains("videos/one   ready"), "\(list)")
            let show = try await site.runOnDev("videos", "show", "videos/one")
            #expect(show.output.contains("source       uploads/video\nstate        ready\n"), "\(show)")
            #expect(show.output.contains("renditions   160x120\n"), "\(show)")
            let told = try await site.sql(
                "SELECT type || ' ' || (args ->> 'destination') FROM coursework.outbox WHERE type LIKE 'video.%'")
            #expect(told == "video.ready videos/one\n")
            let first = files(site)

            try await upload(to: site, seconds: 2)
            try await transcode(site)
            #expect(first.isSubset(of: files(site)))
            let dry = try await site.runOnDev("videos", "tidy", "--dry-run", "--json")
            #expect(dry.output.hasPrefix(#"{"files":"#) && dry.output.contains(#""folders":1,"settled":0}"#), "\(dry)")
            let tidied = try await site.runOnDev("videos", "tidy")
            #expect(tidied.exit == .code(0), "\(tidied)")
            #expect(tidied.output.hasPrefix("0 videos whose job had ended were settled.\n1 folder with "), "\(tidied)")
            #expect(first.isDisjoint(with: files(site)))

            let would = try await site.runOnDev("videos", "erase", "videos/one", "--dry-run")
            #expect(would.output.hasPrefix("Would erase the video, and "), "\(would)")
            let erased = try await site.runOnDev("videos", "erase", "videos/one", "--yes")
            #expect(erased.output.hasPrefix("Erased the video, and "), "\(erased)")
            #expect(files(site).isEmpty)
            let after = try await site.runOnDev("videos", "list", "--state", "erased", "--json")
            #expect(after.output.contains(#""destination":"videos/one","ended":"#), "\(after)")
            let doctor = try await site.runOnDev("doctor")
            #expect(doctor.output.contains("ok       videos: What jobs began has ended"), "\(doctor)")
        }
    }

    @Test func `a job that was parked before it could say so is settled, and told of`() async throws {
        try await Site.with(Self.configuration, redis: nil) { site in
            _ = try await site.startDev()
            try await site.sql(
                """
                INSERT INTO coursework.videos (destination, source, job, event, began_at)
                VALUES ('videos/lost', 'uploads/lost', 'media:lost', true, now() - interval '2 days')
                """)
            let doctor = try await site.runOnDev("doctor")
            #expect(
                doctor.output.contains("warning  videos: 1 is being processed for more than a day, the first since"),
                "\(doctor)")
            let busy = try await site.runOnDev("videos", "erase", "videos/lost", "--yes")
            #expect(busy.exit == .code(1) && busy.errors.contains("would publish it again"), "\(busy)")
            let tidied = try await site.runOnDev("videos", "tidy")
            #expect(tidied.output.hasPrefix("1 video whose job had ended was settled.\n"), "\(tidied)")
            let list = try await site.runOnDev("videos", "list", "--state", "failed")
            #expect(list.output.contains("The job is gone: Redis does not know it any more."), "\(list)")
            #expect(try await site.sql("SELECT type FROM coursework.outbox") == "video.failed\n")
        }
    }

    private static let mistakes: [(words: [String], code: Int32)] = [
        (["videos"], 64), (["videos", "make"], 64), (["videos", "show"], 64),
        (["videos", "list", "--state", "lost"], 64), (["videos", "tidy", "--older-than", "long"], 64),
        (["videos", "erase"], 64), (["videos", "list"], 78),
    ]

    @Test(arguments: mistakes)
    func `what makes no sense is refused`(words: [String], code: Int32) async throws {
        try await Site.with("{}", redis: nil) { site in
            let finished = try await site.run(program: Product.command, words)
            #expect(finished.exit == .code(code) && !finished.errors.isEmpty && finished.output == "", "\(finished)")
        }
    }

    private func upload(to site: Site, seconds: Int) async throws {
        let folder = site.data + "/storage/uploads"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await Tool("/usr/bin/ffmpeg").run(
            "-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=10", "-t", "\(seconds)",
            "-c:v", "libx264", "-preset", "ultrafast", "-f", "mp4", folder + "/video")
    }

    private func transcode(_ site: Site) async throws {
        let args = #"{"source":"uploads/video","destination":"videos/one"}"#
        let made = try await site.runOnDev("enqueue", "video.transcode", "--wait", "--args", args)
        #expect(made.exit == .code(0), "\(made)")
    }

    /// What is published, less `video.json`.
    private func files(_ site: Site) -> Set<String> {
        let all = FileManager.default.enumerator(atPath: site.data + "/storage/videos")?.allObjects as? [String] ?? []
        return Set(all.filter { $0.contains(".") && $0 != "one/video.json" })
    }
}
