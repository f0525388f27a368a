import Foundation
import JobQueue
import Jobs
import ProgramSupport
import RedisClient
import TestSupport

/// Videos: their jobs, and what lies in the database and in the storage.
extension Stage {
    /// Each takes a second or two.
    static let videos = """
        { video: { preset: "ultrafast", threads: 1, maxHeight: 144, sandbox: "none", keepVersions: "0s",
                   follows: { event: true } } }
        """

    /// The jobs that follow count as ended: nobody runs them here.
    func prepareVideos() async throws {
        try await prepareCertificates()
        let folder = site.dataFolder + "/storage/uploads"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try await Tool("/usr/bin/ffmpeg").run(
            "-nostdin", "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=160x120:r=10", "-t", "1", "-c:v", "libx264",
            "-preset", "ultrafast", "-f", "mp4", folder + "/video")
    }

    /// - Parameter source: of the upload; there is one that is called `video`.
    func enqueueVideo(_ name: String, source: String = "video") async {
        let args = #"{"source":"uploads/\#(source)","destination":"videos/\#(name)"}"#
        let job = NewJob("video.transcode", queue: .default, args: Array(args.utf8))
        do throws(RedisError) {
            journal.note(name, Self.reading(.success(try await JobQueue(.default, client: redis).enqueue(job))))
        } catch {
            journal.note(name, Self.reading(.failure(error)))
        }
    }

    /// Keys of all that was published, or was to be.
    var videoFiles: Set<String> {
        let root = site.dataFolder + "/storage/videos"
        let all = FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? []
        return Set(all.filter { $0.contains(".") }.map { "videos/\($0)" })
    }

    func tidyVideos() async throws -> Finished {
        let url = postgres.withLock { $0?.url ?? "" }
        return try await site.run("videos", "tidy", "--older-than", "0s", environment: ["DATABASE_URL": url])
    }

    /// Whatever has happened: each video is told of once, and the storage has exactly the files of those that are published.
    func judgeVideos(_ verdict: inout Verdict) async throws {
        let told = try await lines(
            """
            SELECT coalesce(o.args ->> 'destination', v.destination) || ' ' || count(o.id) FROM coursework.videos v
            FULL JOIN coursework.outbox o ON o.args ->> 'destination' = v.destination
                AND o.type = 'video.' || v.state AND o.args ->> 'job' = v.job
            GROUP BY o.args ->> 'destination', v.destination HAVING count(o.id) <> 1
            """)
        verdict.add("videos not told of once", told.count, bar: 0)
        verdict.expect(told.isEmpty, "not told of once: \(told.prefix(5))")

        let named = try publishedFiles()
        let missing = named.subtracting(videoFiles)
        verdict.expect(missing.isEmpty, "\(missing.count) files are missing: \(missing.sorted().prefix(3))")
        let rows = Set(try await lines("SELECT master FROM coursework.videos WHERE state = 'ready'"))
        verdict.expect(rows.subtracting(named).isEmpty, "rows name \(rows.subtracting(named)), which is not published")

        let tidied = try await tidyVideos()
        verdict.expect(tidied.exit == .code(0), "videos tidy: \(tidied)")
        let orphans = videoFiles.subtracting(named).filter { !$0.hasSuffix("/video.json") }
            .filter { file in !named.contains { file == Self.list(beside: $0) } }
        verdict.add("orphaned files", orphans.count, bar: 0)
        verdict.expect(orphans.isEmpty, "\(orphans.count) files are no video's: \(orphans.sorted().prefix(3))")
        let notes = try await lines(
            "SELECT f.folder FROM coursework.video_folders f JOIN coursework.videos v ON v.id = f.video WHERE f.folder <> v.folder"
        )
        verdict.expect(notes.isEmpty, "\(notes.count) notes of folders were left")
    }

    private static func list(beside file: String) -> String {
        file.split(separator: "/").prefix(3).joined(separator: "/") + "/files.json"
    }

    private func publishedFiles() throws -> Set<String> {
        var named: Set<String> = []
        for pointer in videoFiles where pointer.hasSuffix("/video.json") {
            let json = try Data(contentsOf: URL(fileURLWithPath: "\(site.dataFolder)/storage/\(pointer)"))
            named.formUnion(try JSONDecoder().decode(Published.self, from: json).files.map(\.key))
        }
        return named
    }
}
