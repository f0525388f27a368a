import Foundation
import JobQueue
import Jobs
import ProgramSupport
import RedisClient
import Signing
import TestSupport

/// Videos: their jobs, and what lies in the storage and where they were worked on.
extension Stage {
    static let transcodes = #"{ video: { preset: "ultrafast", threads: 1 } }"#
    /// Retries come at once, so that a test need not wait for them.
    static let videoPolicies = #"{ "video.transcode": { retries: 100, base: "100ms", cap: "300ms" } }"#

    /// As it is published, as far as it is judged here.
    struct Published: Decodable {
        struct File: Decodable {
            let key: String
            let bytes: Int
            let sha256: String
        }

        let master: String
        let files: [File]
    }

    private var storage: String { site.dataFolder + "/storage" }

    /// Makes `uploads/video`.
    func uploadVideo(seconds: Int, size: String = "160x120") async throws {
        try FileManager.default.createDirectory(atPath: storage + "/uploads", withIntermediateDirectories: true)
        try await Tool("/usr/bin/ffmpeg").run(
            "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=\(size):r=10", "-f", "lavfi", "-i",
            "sine=f=440",
            "-t", "\(seconds)", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-f", "mp4",
            storage + "/uploads/video")
    }

    func enqueueTranscode(_ name: String, from source: String = "uploads/video") async {
        let args = #"{"source":"\#(source)","destination":"videos/\#(name)"}"#
        let job = NewJob("video.transcode", queue: .default, args: Array(args.utf8))
        do throws(RedisError) {
            journal.note(name, Self.reading(.success(try await JobQueue(.default, client: redis).enqueue(job))))
        } catch {
            journal.note(name, Self.reading(.failure(error)))
        }
    }

    /// Attempts that have left files in the storage for a video.
    func transcodeFolders(_ name: String) -> [String] {
        let folder = "\(storage)/videos/\(name)"
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: folder)) ?? []
        return Set(names.filter { $0.contains(".") && $0.contains("/") }.map { String($0.prefix { $0 != "/" }) })
            .sorted()
    }

    func published(_ name: String) -> Published? {
        FileManager.default.contents(atPath: "\(storage)/videos/\(name)/video.json")
            .flatMap { try? JSONDecoder().decode(Published.self, from: $0) }
    }

    /// Each video is there once, and whole.
    func judgeTranscodes(_ names: [String], _ verdict: inout Verdict) throws {
        var files = 0
        for name in names {
            guard let video = published(name) else {
                verdict.add(violation: "the video \(name) is not published")
                continue
            }
            verdict.expect(video.files.contains { $0.key == video.master }, "\(name) has no playlist among its files")
            for file in video.files {
                let bytes = FileManager.default.contents(atPath: "\(storage)/\(file.key)").map { [UInt8]($0) } ?? []
                verdict.expect(
                    bytes.count == file.bytes && SHA256.text(bytes) == file.sha256,
                    "\(file.key) is not what was written")
            }
            files += video.files.count
        }
        verdict.add("videos", names.count)
        verdict.add("files, each with its hash", files)
    }

    /// Nothing is left of programs and folders of work, once a worker has begun another video.
    func judgeWorkFolders(_ verdict: inout Verdict) async throws {
        let folders = (try? FileManager.default.contentsOfDirectory(atPath: site.dataFolder + "/video")) ?? []
        verdict.add("folders of work left", folders.count, bar: 0)
        verdict.expect(folders.isEmpty, "\(folders.count) folders of work were left: \(folders.prefix(3))")
        // The kernel takes a moment for those of whoever was killed last.
        try? await eventually(within: .seconds(30), "the sandboxes are gone") { sandboxes.isEmpty }
        let programs = sandboxes
        verdict.add("programs left", programs.count, bar: 0)
        verdict.expect(
            programs.isEmpty,
            "\(programs.count) programs were left: \(programs.map { ProcessTable.words(of: $0).suffix(60) })")
    }

    /// Whether a program writes segments.
    var encodes: Bool {
        let names = (try? FileManager.default.subpathsOfDirectory(atPath: site.dataFolder + "/video")) ?? []
        return names.contains { $0.hasSuffix(".m4s") }
    }

    /// Processes that work on videos of this stage, wherever they hang in the tree: the sandboxes, each of which is gone with
    /// all that is in it.
    var sandboxes: [Int32] { ProcessTable.processes(mentioning: site.dataFolder + "/video/") }
}
