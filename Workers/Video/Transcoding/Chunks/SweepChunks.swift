import Jobs

/// Removes the chunks of a video whose job was cancelled while it waited for them: `{"video":"media:…","folder":"…/chunks-…"}`.
struct SweepChunks: Job {
    static let type: JobType = "video.sweep"
    static let payloadSchema = PayloadSchema.object(
        "Removes the chunks of a video that nobody waits for; video.transcode makes it.", PartJob.properties)
    static let queue: QueueName = "media"

    /// The job that waited.
    var video: String
    /// In the storage.
    var folder: String
}
