package import FoundationEssentials
import PostgresClient

/// A video, as its row tells it.
package struct VideoDescription: Sendable {
    package let id: Int
    /// A key in the storage, as all that are none of the others.
    package let destination: String
    /// Nil once it was erased.
    package let source: String?
    /// The newest one.
    package let job: String
    package let state: VideoState
    package let reason: String?
    package let began: Date
    package let ended: Date?
    /// Nil while nothing is published.
    package let published: PublishedVideo?
    package let publication: Date?

    package var claim: VideoClaim { VideoClaim(video: id, job: job) }
}

extension VideoDescription {
    static let columns = """
        id, destination, source, job, state, reason, folder, fingerprint, master, progressive, poster, storyboard,
            captions::text AS captions, renditions::text AS renditions, duration, frame_rate, bytes,
            extract(epoch FROM began_at)::float8 AS began, extract(epoch FROM ended_at)::float8 AS ended,
            extract(epoch FROM published_at)::float8 AS published
        """

    init(_ row: PostgresRow) throws {
        (id, destination, source) = (try row["id"], try row["destination"], try row["source"])
        (job, reason) = (try row["job"], try row["reason"])
        let name: String = try row["state"]
        guard let state = VideoState(rawValue: name) else {
            throw PostgresError(.unexpectedValue, "A video is in the state '\(name)', which is none.")
        }
        self.state = state
        began = Date(timeIntervalSince1970: try row["began"])
        ended = (try row["ended"] as Double?).map(Date.init(timeIntervalSince1970:))
        publication = (try row["published"] as Double?).map(Date.init(timeIntervalSince1970:))
        published = try (row["folder"] as String?).map { try PublishedVideo(row, folder: $0) }
    }
}

extension PublishedVideo {
    fileprivate init(_ row: PostgresRow, folder: String) throws {
        self.init(
            folder: folder, fingerprint: try row["fingerprint"], master: try row["master"],
            progressive: try row["progressive"], poster: try row["poster"], storyboard: try row["storyboard"],
            captions: try Self.read(try row["captions"]), renditions: try Self.read(try row["renditions"]),
            duration: try row["duration"], frameRate: try row["frame_rate"], bytes: try row["bytes"])
    }

    private static func read<Value: Decodable>(_ json: String) throws -> Value {
        try JSONDecoder().decode(Value.self, from: Data(json.utf8))
    }
}
