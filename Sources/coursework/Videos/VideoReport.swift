import Jobs
import Storage
import VideoRecord

/// A video as `--json` prints it.
struct VideoReport: Encodable {
    let destination: String
    let source: String?
    let state: String
    let reason: String?
    let job: String
    let began: Timestamp
    let ended: Timestamp?
    /// Of what is published, whatever became of the job: all below.
    let published: Timestamp?
    let master: String?
    let progressive: String?
    let poster: String?
    let storyboard: String?
    let captions: [String]?
    let renditions: [PublishedVideo.Rendition]?
    /// In seconds.
    let duration: Double?
    let frameRate: Double?
    let bytes: Int?
    let fingerprint: String?
    /// Where the master playlist lies.
    let place: String?

    init(_ video: VideoDescription, in storage: any ObjectStorage) {
        (destination, source, state) = (video.destination, video.source, video.state.rawValue)
        (reason, job) = (video.reason, video.job)
        (began, ended) = (Timestamp(video.began), video.ended.map { Timestamp($0) })
        published = video.publication.map { Timestamp($0) }
        let made = video.published
        (master, progressive, poster) = (made?.master, made?.progressive, made?.poster)
        (storyboard, captions, renditions) = (made?.storyboard, made?.captions, made?.renditions)
        (duration, frameRate, bytes) = (made?.duration, made?.frameRate, made?.bytes)
        fingerprint = made?.fingerprint
        place = made.flatMap { StorageKey($0.master) }.map(storage.place)
    }

    private var sizes: String? {
        renditions.map { $0.map { "\($0.width)x\($0.height)" }.joined(separator: ", ") }
    }

    private var length: String? { duration.map { "\(Int($0.rounded())) s" } }

    private var size: String? { bytes.map { "\($0 >> 20) MiB" } }

    /// For a person.
    var text: String {
        TextTable.list([
            ("destination", destination), ("source", source), ("state", state), ("reason", reason), ("job", job),
            ("began", "\(began)"), ("ended", ended.map { "\($0)" }), ("published", published.map { "\($0)" }),
            ("duration", length), ("renditions", sizes), ("captions", captions.map { "\($0.count)" }), ("size", size),
            ("master", place), ("progressive", progressive), ("poster", poster), ("storyboard", storyboard),
        ])
    }

    static func table(_ reports: [VideoReport]) -> String {
        let rows = reports.map { report in
            [
                Terminal.line(report.destination, atMost: 50), report.state, "\(report.began)", report.length ?? "-",
                report.size ?? "-", Terminal.line(report.reason ?? "", atMost: 80),
            ]
        }
        return TextTable.layOut(
            [["destination", "state", "began", "duration", "size", "reason"]] + rows, leftColumns: 3, left: [5])
    }
}
