/// The picture of a video.
package struct VideoFacts: Sendable, Equatable, Codable {
    package enum Transfer: String, Sendable, Codable {
        case standard
        /// HDR10 and Dolby Vision: SMPTE ST 2084.
        case perceptualQuantizer
        /// HLG: ARIB STD-B67.
        case hybridLogGamma
    }

    /// Of the file's streams.
    package let index: Int
    package let codec: String
    package let pixelFormat: String
    /// As stored, in pixels.
    package let width: Int
    package let height: Int
    /// Width of a pixel divided by its height.
    package let pixelAspect: Double
    /// Clockwise, in degrees: 0, 90, 180 or 270.
    package let rotation: Int
    /// What most frames have: see ``averageRate``.
    package let frameRate: FrameRate?
    package let averageRate: FrameRate?
    package let isInterlaced: Bool
    /// How many a second has: the times of its frames are whole numbers of them.
    package let ticks: Int
    /// When its first frame is shown, in seconds of the file's own time; nil where the file does not say.
    package let start: Double?
    package let transfer: Transfer
    package let primaries: String?
    /// In seconds, where the stream itself says.
    package let duration: Double?
    /// One picture for all of the sound: a cover, or a single frame.
    package let isStill: Bool

    /// What a person sees, in square pixels and upright.
    package var displaySize: (width: Int, height: Int) {
        let width = max(1, Int((Double(self.width) * pixelAspect).rounded()))
        return rotation % 180 == 0 ? (width, height) : (height, width)
    }

    package var isHighDynamicRange: Bool { transfer != .standard }

    /// Whether frames come at even distances, as far as the container tells.
    package var hasConstantRate: Bool {
        guard let frameRate, let averageRate else { return false }
        return abs(frameRate.perSecond / averageRate.perSecond - 1) < 0.01
    }
}
