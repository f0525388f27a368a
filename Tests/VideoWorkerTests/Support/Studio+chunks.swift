import Foundation
import JobTesting
import Jobs
import TestSupport

@testable import VideoWorker

extension Studio {
    var handlers: JobRegistry {
        var registry = JobRegistry()
        registry.register(TranscodeVideoHandler(storage: storage, rules: rules))
        registry.register(TranscodeChunkHandler(storage: storage, rules: rules))
        registry.register(TranscodeSoundHandler(storage: storage, rules: rules))
        registry.register(SweepChunksHandler(storage: storage))
        return registry
    }

    /// Transcodes `uploads/video`, which must succeed.
    /// - Returns: the runs of the jobs that encoded its parts.
    @discardableResult
    func transcodeInChunks() async throws -> [TestRun] {
        let jobs = CapturedJobs()
        try await jobs.enqueue(TranscodeVideo(source: "uploads/video", destination: "videos/one"))
        let runs = try await jobs.drain(through: handlers)
        for run in runs {
            if case .snooze = run.outcome { continue }
            guard run.outcome.isSuccess else { throw TestFailure("\(run.type): \(run.outcome)") }
        }
        return runs.filter { $0.type != TranscodeVideo.type }
    }

    /// What lies beside the video that is no part of it.
    func chunkFiles() throws -> [String] {
        let folder = path("videos/one")
        guard FileManager.default.fileExists(atPath: folder) else { return [] }
        return try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
            $0.hasPrefix("chunks-") && $0.contains("/")
        }
    }

    func playlist(_ stream: String, of video: TranscodedVideo) throws -> String {
        try text("\(folder(of: video))/\(stream)/index.m3u8")
    }

    /// When each packet of a stream is decoded and shown.
    func times(_ stream: String, of video: TranscodedVideo) async throws -> [Substring] {
        let answer = try await Self.ffprobe.run(
            "-v", "error", "-show_entries", "packet=dts,pts,flags", "-of", "csv=p=0",
            path("\(folder(of: video))/\(stream)/index.m3u8"))
        return String(decoding: answer, as: UTF8.self).split(separator: "\n")
    }

    /// Of each frame of two files, how alike they are: 1 is the same (SSIM).
    /// - Parameter frames: of the second one, which are left out at its beginning.
    static func likeness(_ path: String, _ other: String, skipping frames: Int = 0) async throws -> [Double] {
        let answer = try await ffmpeg.run(
            "-nostdin", "-v", "error", "-i", path, "-i", other, "-lavfi",
            "[0:v]settb=1/30,setpts=N[a];[1:v]trim=start_frame=\(frames),settb=1/30,setpts=N[b];"
                + "[a][b]ssim=stats_file=-:shortest=1", "-f", "null", "-")
        return String(decoding: answer, as: UTF8.self).split(separator: "\n").compactMap { line in
            line.split(separator: " ").first { $0.hasPrefix("All:") }.flatMap { Double($0.dropFirst(4)) }
        }
    }

    private func folder(of video: TranscodedVideo) -> String { (video.master as NSString).deletingLastPathComponent }
}
