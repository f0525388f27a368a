/// What a video is, as far as it must be known to transcode it. From a stranger's file: every number may be a lie.
package struct MediaFacts: Sendable, Equatable, Codable {
    package let container: ContainerFormat
    /// In seconds; nil where the container does not say, as recordings of browsers do.
    package let duration: Double?
    package let video: VideoFacts
    /// Nil for a silent one.
    package let audio: AudioFacts?
    /// Those that are text.
    package let subtitles: [SubtitleFacts]
}
