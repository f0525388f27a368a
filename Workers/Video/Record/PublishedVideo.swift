import Jobs

/// What is published of a video. All but numbers are keys in the storage.
package struct PublishedVideo: Sendable, Equatable {
    package struct Rendition: Codable, Sendable, Equatable {
        package let width: Int
        package let height: Int
        /// In bits a second.
        package let averageBitRate: Int

        package init(width: Int, height: Int, averageBitRate: Int) {
            (self.width, self.height, self.averageBitRate) = (width, height, averageBitRate)
        }
    }

    /// In which all of it lies.
    package let folder: String
    /// Not a key: what it was made of, and how.
    package let fingerprint: String
    package let master: String
    /// Nil for an encrypted video.
    package let progressive: String?
    package let poster: String
    package let storyboard: String
    package let captions: [String]
    package let renditions: [Rendition]
    /// In seconds.
    package let duration: Double
    package let frameRate: Double
    /// Of all files.
    package let bytes: Int

    package init(
        folder: String, fingerprint: String, master: String, progressive: String?, poster: String, storyboard: String,
        captions: [String], renditions: [Rendition], duration: Double, frameRate: Double, bytes: Int
    ) {
        (self.folder, self.fingerprint, self.master) = (folder, fingerprint, master)
        (self.progressive, self.poster, self.storyboard) = (progressive, poster, storyboard)
        (self.captions, self.renditions) = (captions, renditions)
        (self.duration, self.frameRate, self.bytes) = (duration, frameRate, bytes)
    }

    var captionsJSON: [UInt8] { get throws { try JobResult(encoding: captions).json } }
    var renditionsJSON: [UInt8] { get throws { try JobResult(encoding: renditions).json } }
}
