import Jobs

/// A chunk of a long video, which `video.transcode` has cut: `{"video":"media:…","folder":"videos/lecture-1/chunks-…","chunk":7}`.
struct TranscodeChunk: Job {
    static let type: JobType = "video.chunk"
    static let payloadSchema = PayloadSchema.object(
        "A chunk of a long video; video.transcode makes it.",
        PartJob.properties + [.required("chunk", .integer(0...Int.max), "0 for the first.")])
    static let queue: QueueName = "media"
    static let retryPolicy = TranscodeVideo.retryPolicy
    static let deadline = TranscodeVideo.deadline

    /// The job that waits for it.
    var video: String
    /// In the storage.
    var folder: String
    /// 0 for the first.
    var chunk: Int

    static func outcome(for error: any Error, attempt: Int) -> Outcome? {
        TranscodeVideo.outcome(for: error, attempt: attempt)
    }
}
