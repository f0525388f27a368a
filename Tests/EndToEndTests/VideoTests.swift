import Foundation
import Glibc
import ProgramSupport
import TestSupport
import Testing

/// H-13, and R-01 for videos: workers die while they encode.
@Suite("Videos", .inTurns(limit: .seconds(240)))
struct VideoTests {
    private static let configuration = """
        {
            queues: ["media"],
            lease: { duration: "1s", renewEvery: "300ms", rescueEvery: "200ms" },
            pools: { media: { queues: ["media"], slots: 1 } },
            workers: { video: { preset: "medium" } },
        }
        """

    @Test func `survive the death of their worker, whose ffmpeg dies with it`() async throws {
        try await Site.with(Self.configuration) { site in
            try await upload(to: site)
            let first = try await site.startWorker("--pool", "media")
            let job = try await site.add(
                "video.transcode", #"{"source":"uploads/video","destination":"videos/one"}"#, to: "media")
            try await eventually(within: .seconds(60), "the encoder writes") { encodes(site) }
            let encoders = ProcessTable.descendants(of: first.processID)
            #expect(!encoders.isEmpty)
            first.send(SIGKILL)
            try await eventually("its programs are gone") {
                encoders.allSatisfy { !ProcessTable.words(of: $0).contains("ffmpeg") }
            }

            let second = try await site.startWorker("--pool", "media")
            // Beside all the other tests an encoder takes its time.
            try await eventually(within: .seconds(150), "the job has ended") {
                try await site.redis("EXISTS", "cw:{media}:job:\(job):end") == "1"
            }
            #expect(try await site.end(of: job, in: "media") == "done")
            let published = try site.paths(in: "storage/videos/one").filter { $0.hasSuffix("master.m3u8") }
            #expect(published.count == 1)
            let pointer = try String(
                contentsOfFile: site.dataFolder + "/storage/videos/one/video.json", encoding: .utf8)
            #expect(pointer.contains(published[0]))
            // What the dead one left on disk went with the next run.
            #expect(try site.paths(in: "video").isEmpty)
            _ = try await second.end()
        }
    }

    @Test func `that are long are encoded by all workers, of which any may die at any time`() async throws {
        let configuration = Self.configuration.replacingOccurrences(
            of: #"preset: "medium""#, with: #"preset: "medium", chunkDuration: "6s""#)
        try await Site.with(configuration) { site in
            try await upload(to: site, seconds: 40)
            let cutter = try await site.startWorker("--pool", "media")
            let job = try await site.add(
                "video.transcode", #"{"source":"uploads/video","destination":"videos/one"}"#, to: "media")
            try await eventually(within: .seconds(60), "something is cut") { try parts(site, "source").count > 1 }
            cutter.send(SIGKILL)

            let (one, other) = try await (
                site.startWorker("--pool", "media"), site.startWorker("--pool", "media")
            )
            try await eventually(within: .seconds(120), "both have encoded") { try parts(site, "mp4").count > 2 }
            let encoded = try parts(site, "mp4")
            one.send(SIGKILL)
            try await eventually(within: .seconds(200), "the job has ended") {
                // What is encoded is not encoded again.
                let now = try parts(site, "mp4")
                #expect(encoded.allSatisfy { now[$0.key] == nil || now[$0.key] == $0.value })
                return try await site.redis("EXISTS", "cw:{media}:job:\(job):end") == "1"
            }
            #expect(try await site.end(of: job, in: "media") == "done")
            #expect(try parts(site, "source").isEmpty && parts(site, "mp4").isEmpty)
            try await eventually("nothing is left") { try site.paths(in: "video").isEmpty }
            let pointer = try String(
                contentsOfFile: site.dataFolder + "/storage/videos/one/video.json", encoding: .utf8)
            #expect(pointer.contains(#""duration":40"#))
            _ = try await other.end()
        }
    }

    @Test func `that are long take their chunks with them when they are cancelled`() async throws {
        let configuration = Self.configuration.replacingOccurrences(
            of: #"preset: "medium""#, with: #"preset: "medium", chunkDuration: "6s""#)
        try await Site.with(configuration) { site in
            try await upload(to: site, seconds: 40)
            let worker = try await site.startWorker("--pool", "media")
            let job = try await site.add(
                "video.transcode", #"{"source":"uploads/video","destination":"videos/one"}"#, to: "media")
            try await eventually(within: .seconds(200), "a chunk is encoded, and another one begins") {
                // It is stopped where it is: that it is done before it is cancelled would show nothing.
                try parts(site, "mp4").count > 1 && stopsFFmpeg(worker)
            }
            let cancelled = try await site.run("jobs", "cancel", "media:\(job)")
            #expect(cancelled.exit == .code(0), "\(cancelled)")
            try await eventually(within: .seconds(60), "nothing is encoded, and nothing left") {
                try !runsFFmpeg(worker) && parts(site, "source").isEmpty && parts(site, "mp4").isEmpty
            }
            #expect(try !site.paths(in: "storage/videos").contains { $0.hasSuffix("video.json") })
            _ = try await worker.end()
        }
    }

    private func runsFFmpeg(_ worker: Program) -> Bool { !ffmpegs(worker).isEmpty }

    /// - Returns: false when there was none that could be.
    private func stopsFFmpeg(_ worker: Program) -> Bool {
        let stopped = ffmpegs(worker).filter { kill($0, SIGSTOP) == 0 }
        // One that was about to end has ended.
        return stopped.contains { ffmpegs(worker).contains($0) }
    }

    private func ffmpegs(_ worker: Program) -> [Int32] {
        ProcessTable.descendants(of: worker.processID).filter { ProcessTable.words(of: $0).contains("ffmpeg") }
    }

    /// What lies there of a long video's parts, and which file each is.
    private func parts(_ site: Site, _ kind: String) throws -> [String: Int] {
        let folder = "storage/videos/one"
        guard FileManager.default.fileExists(atPath: "\(site.dataFolder)/\(folder)") else { return [:] }
        var parts: [String: Int] = [:]
        for path in try site.paths(in: folder) where path.hasPrefix("chunks-") && path.hasSuffix(".\(kind)") {
            let attributes = try? FileManager.default.attributesOfItem(atPath: "\(site.dataFolder)/\(folder)/\(path)")
            parts[path] = attributes?[.systemFileNumber] as? Int
        }
        return parts
    }

    private func upload(to site: Site, seconds: Int = 12) async throws {
        let folder = site.dataFolder + "/storage/uploads"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await Tool("/usr/bin/ffmpeg").run(
            "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=640x360:r=30", "-t", "\(seconds)", "-c:v",
            "libx264",
            "-preset", "ultrafast", "-f", "mp4", folder + "/video")
    }

    private func encodes(_ site: Site) -> Bool {
        let paths = (try? site.paths(in: "video")) ?? []
        return paths.contains { $0.hasSuffix("00000.m4s") }
    }
}

extension Site {
    fileprivate func paths(in folder: String) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: "\(dataFolder)/\(folder)")
    }
}
