package import Jobs
import PostgresClient
import Storage
import VideoRecord

/// Brings videos into a form that plays everywhere: the job type `video.transcode`.
package enum VideoDomain: JobDomain {
    package static let name = "video"

    package static let samples = [
        SampleJob(
            "video.transcode", queue: "media",
            args: #"{"source":"uploads/demo.mp4","destination":"videos/demo"}"#,
            title: "a video of eight seconds, as adaptive streaming", file: demoVideo)
    ]

    private static let demoVideo = SampleFile(
        key: "uploads/demo.mp4", mediaType: "video/mp4", program: "ffmpeg",
        arguments: [
            "-nostdin", "-loglevel", "error", "-y", "-f", "lavfi", "-i", "testsrc2=size=1280x720:rate=25", "-f",
            "lavfi",
            "-i", "sine=frequency=440", "-t", "8", "-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-f",
            "mp4",
            SampleFile.path,
        ])

    package static func register(
        in registry: inout JobRegistry, settings: VideoSettings, surroundings: Surroundings
    ) throws {
        let rules = try TranscodingRules(settings, surroundings)
        let storage = surroundings.storage
        registry.register(
            TranscodeVideoHandler(
                storage: storage, rules: rules,
                record: surroundings.services[PostgresClient.self].map { VideoRecord($0) },
                follows: settings.follows ?? VideoFollowUps()))
        registry.register(TranscodeChunkHandler(storage: storage, rules: rules))
        registry.register(TranscodeSoundHandler(storage: storage, rules: rules))
        registry.register(SweepChunksHandler(storage: storage))
    }
}
