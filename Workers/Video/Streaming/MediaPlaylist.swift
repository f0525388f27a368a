/// A media playlist of recorded video or sound (RFC 8216, 4.3.3).
package struct MediaPlaylist: Sendable, Equatable {
    package struct Segment: Sendable, Equatable {
        /// In seconds.
        package let duration: Double
        /// Of the file, relative to the playlist.
        package let name: String

        package init(duration: Double, name: String) { (self.duration, self.name) = (duration, name) }
    }

    /// The file with what all segments have in common; nil for those that need none.
    package var initialization: String?
    package var segments: [Segment]
    /// How the segments are encrypted; nil when they are not.
    package var key: PlaylistKey?

    package init(initialization: String?, segments: [Segment], key: PlaylistKey? = nil) {
        (self.initialization, self.segments, self.key) = (initialization, segments, key)
    }

    /// In seconds.
    package var duration: Double { segments.reduce(0) { $0 + $1.duration } }

    package var text: String {
        let target = segments.map { Int($0.duration.rounded(.up)) }.max() ?? 1
        var lines = [
            "#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-TARGETDURATION:\(max(1, target))", "#EXT-X-MEDIA-SEQUENCE:0",
            "#EXT-X-PLAYLIST-TYPE:VOD", "#EXT-X-INDEPENDENT-SEGMENTS",
        ]
        if let initialization { lines.append("#EXT-X-MAP:URI=\"\(initialization)\"") }
        // Behind the map, which so is not encrypted (4.3.2.4).
        if let key { lines.append(key.tag) }
        for segment in segments { lines += ["#EXTINF:\(Self.decimal(segment.duration)),", segment.name] }
        return (lines + ["#EXT-X-ENDLIST", ""]).joined(separator: "\n")
    }
}
