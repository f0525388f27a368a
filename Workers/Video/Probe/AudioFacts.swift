/// The sound of a video.
package struct AudioFacts: Sendable, Equatable, Codable {
    /// Of the file's streams.
    package let index: Int
    package let codec: String
    package let channels: Int
    /// `stereo`, `5.1(side)`; nil where the file does not say.
    package let layout: String?
    /// In hertz.
    package let sampleRate: Int
    /// In seconds, where the stream itself says.
    package let duration: Double?
}
