import Foundation
import JobTesting
import Jobs
import MediaSandbox
import Platform
import Storage
import TestSupport
import VideoWorker

extension TranscodedVideo {
    /// The file for downloads, of a video that has one.
    var download: String { progressive ?? "no file for downloads" }
}

/// A storage in a folder, uploads made by ffmpeg, and the handler that transcodes them.
final class Studio: Sendable {
    static let ffmpeg = Tool("/usr/bin/ffmpeg")
    static let ffprobe = Tool("/usr/bin/ffprobe")

    let temporary: TemporaryFolder
    let storage: FolderStorage
    let rules: TranscodingRules

    init(_ change: (inout TranscodingRules) -> Void = { _ in }) throws {
        temporary = try TemporaryFolder()
        storage = FolderStorage(root: temporary.file("storage"))
        try temporary.makeFolder("storage/uploads")
        var rules = TranscodingRules(workFolder: temporary.file("work"))
        rules.preset = "ultrafast"
        rules.threads = 1
        change(&rules)
        self.rules = rules
    }

    /// The path of an object.
    func path(_ key: String) -> String { temporary.file("storage/\(key)") }

    /// Makes `uploads/video`.
    func upload(_ arguments: String) async throws {
        let words = arguments.split(separator: " ").map(String.init)
        try await Self.ffmpeg.run(["-nostdin", "-v", "error", "-y"] + words + [path("uploads/video")])
    }

    func upload(_ bytes: some Sequence<UInt8>, as key: String = "uploads/video") throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path(key)))
    }

    func transcode(
        _ job: TranscodeVideo = TranscodeVideo(source: "uploads/video", destination: "videos/one"),
        as test: TestJob = TestJob()
    ) async -> TestRun {
        await test.run(TranscodeVideoHandler(storage: storage, rules: rules), job)
    }

    /// Transcodes `uploads/video`, which must succeed.
    func video() async throws -> TranscodedVideo {
        let run = await transcode()
        guard run.outcome.isSuccess else { throw TestFailure("\(run.outcome)") }
        return try pointer()
    }

    /// What is published; an error when nothing is.
    func pointer() throws -> TranscodedVideo {
        try JSONDecoder().decode(
            TranscodedVideo.self, from: Data(contentsOf: URL(fileURLWithPath: path("videos/one/video.json"))))
    }

    func text(_ key: String) throws -> String { try String(contentsOfFile: path(key), encoding: .utf8) }

    /// What a player would decode of a file: `codec_name=h264` and so on, a line each stream.
    func streams(_ key: String, _ entries: String) async throws -> [String] {
        let answer = try await Self.ffprobe.run(
            "-v", "error", "-count_frames", "-show_entries", "stream=\(entries)", "-of", "compact=p=0", path(key))
        return String(decoding: answer, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    /// Plays all of a stream, from its playlist to its last frame; what the player complained of.
    func play(_ key: String) async throws -> String {
        let answer = try await Tool("/bin/sh").run(
            "-c", "exec ffmpeg -nostdin -v warning -i \"$1\" -map 0 -f null - 2>&1", "sh", path(key))
        return String(decoding: answer, as: UTF8.self)
    }

    /// In LUFS.
    func loudness(_ key: String) async throws -> Double? {
        let answer = try await Tool("/bin/sh").run(
            "-c", "exec ffmpeg -nostdin -v info -i \"$1\" -map 0:a -af ebur128=framelog=verbose -f null - 2>&1", "sh",
            path(key))
        let lines = String(decoding: answer, as: UTF8.self).split(separator: "\n")
        return lines.last { $0.contains("I:") }.flatMap { $0.split(separator: " ").compactMap { Double($0) }.first }
    }
}
