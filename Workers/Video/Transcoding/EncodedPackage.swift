import AdaptiveStreaming

/// What the encoders wrote, looked through.
struct EncodedPackage: Sendable {
    static let poster = "poster.jpg"

    struct Stream: Sendable {
        /// In the folder of what was written.
        let folder: String
        let playlist: MediaPlaylist
        let written: WrittenStream

        var duration: Double { playlist.duration }
    }

    /// The largest first.
    let renditions: [Stream]
    let audio: Stream?
    let captions: [CaptionTrack]
    let pictures: [String]
    /// In seconds.
    let duration: Double
    let files: OutputFiles

    var streams: [Stream] { renditions + [audio].compactMap { $0 } }
}
