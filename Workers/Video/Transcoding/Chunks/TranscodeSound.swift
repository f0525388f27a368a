import Jobs

/// The sound of a long video, in one piece, which has no seams: `{"video":"media:…","folder":"videos/lecture-1/chunks-…"}`.
struct TranscodeSound: Job {
    static let type: JobType = "video.sound"
    static let payloadSchema = PayloadSchema.object(
        "The sound of a long video; video.transcode makes it.", PartJob.properties)
    static let queue: QueueName = "media"
    static let retryPolicy = TranscodeVideo.retryPolicy
    static let deadline = TranscodeVideo.deadline

    /// The job that waits for it.
    var video: String
    /// In the storage.
    var folder: String

    static func outcome(for error: any Error, attempt: Int) -> Outcome? {
        TranscodeVideo.outcome(for: error, attempt: attempt)
    }
}
