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
            title: "a video of eight seconds, as adaptive streaming", file: demoVideo),
        SampleJob(
            "video.transcode", queue: "media",
            args: #"{"source":"uploads/lecture.mp4","destination":"videos/lecture"}"#,
            title: "a lecture of four minutes, encoded in chunks", file: demoLecture),
    ]

    private static let demoVideo = sample("demo", "testsrc2=size=1280x720:rate=25", seconds: 8)
    private static let demoLecture = sample("lecture", "testsrc=size=320x180:rate=10", seconds: 240)

    private static func sample(_ name: String, _ picture: String, seconds: Int) -> SampleFile {
        let inputs = ["-f", "lavfi", "-i", picture, "-f", "lavfi", "-i", "sine=frequency=440"]
        let output = ["-c:v", "libx264", "-preset", "ultrafast", "-c:a", "aac", "-f", "mp4", SampleFile.path]
        return SampleFile(
            key: "uploads/\(name).mp4", mediaType: "video/mp4", program: "ffmpeg",
            arguments: ["-nostdin", "-loglevel", "error", "-y"] + inputs + ["-t", "\(seconds)"] + output)
    }

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
