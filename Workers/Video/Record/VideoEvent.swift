import Jobs
import Platform
import PostgresClient

/// The job that tells a platform what became of a video: `video.ready` or `video.failed`, in the queue `default`.
struct VideoEvent {
    private struct Ready: Encodable {
        let destination: String
        let source: String?
        let job: String
        let master: String
        let progressive: String?
        let poster: String
        let storyboard: String
        let captions: [String]
        let duration: Double
        let renditions: [PublishedVideo.Rendition]
    }

    private struct Failed: Encodable {
        let destination: String
        let source: String?
        let job: String
        let reason: String
    }

    let type: JobType
    let args: [UInt8]

    static func ready(
        _ video: PublishedVideo, destination: String, source: String?, _ job: String
    ) throws -> VideoEvent {
        let event = Ready(
            destination: destination, source: source, job: job, master: video.master, progressive: video.progressive,
            poster: video.poster, storyboard: video.storyboard, captions: video.captions, duration: video.duration,
            renditions: video.renditions)
        return VideoEvent(type: "video.ready", args: try JobResult(encoding: event).json)
    }

    static func failed(_ reason: String, destination: String, source: String?, _ job: String) throws -> VideoEvent {
        let event = Failed(destination: destination, source: source, job: job, reason: reason)
        return VideoEvent(type: "video.failed", args: try JobResult(encoding: event).json)
    }

    /// Nothing where nobody wants to hear of it, or has heard it already.
    /// - Parameter row: the video's, as it was before.
    func write(_ told: String, after row: PostgresRow, in transaction: PostgresTransaction) throws {
        guard try row["event"] else { return }
        let before: String? = try row["told"]
        guard before != told || !Protection.videoEvents.isOn else { return }
        try transaction.query(
            "INSERT INTO coursework.outbox (queue, type, args) VALUES ($1, $2, $3::json)",
            [.text(QueueName.default.name), .text(type.name), .json(args)])
    }
}
