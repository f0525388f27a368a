/// Subtitles within a video.
package struct SubtitleFacts: Sendable, Equatable, Codable {
    /// Of the file's streams.
    package let index: Int
    package let codec: String
    /// ISO 639, as the file says; nil for none.
    package let language: String?
}
