/// What a video became: the result of the job, and the file `video.json` in the folder it was published into, which is
/// written last.
package struct TranscodedVideo: Codable, Sendable, Equatable {
    package struct File: Codable, Sendable, Equatable {
        /// A key in the storage.
        package var key: String
        package var bytes: Int
        package var sha256: String
    }

    package struct Rendition: Codable, Sendable, Equatable {
        package var width: Int
        package var height: Int
        /// Measured, in bits a second, less the sound.
        package var averageBitRate: Int
    }

    /// Of the source, of what the job asked for and of the settings: what is the same need not be made again.
    package var fingerprint: String
    /// All below are keys in the storage.
    package var master: String
    /// Nil for an encrypted video: whoever may not watch it must not download it.
    package var progressive: String?
    package var poster: String
    package var storyboard: String
    package var captions: [String]
    /// In seconds.
    package var duration: Double
    package var frameRate: Double
    package var renditions: [Rendition]
    /// Of what was measured of the source, in LUFS; nil for a silent video.
    package var sourceLoudness: Double?
    /// Whether the source's colours were those of high dynamic range.
    package var wasHighDynamicRange: Bool
    package var files: [File]
}
