/// Small pictures of a video at even distances, many in one file, and the WebVTT that tells a player which is where.
package struct Storyboard: Sendable, Equatable, Codable {
    package static let columns = 5
    package static let rows = 5

    /// Between two pictures, in seconds.
    package let interval: Double
    /// Of one picture, in pixels.
    package let width: Int
    package let height: Int

    /// - Parameters:
    ///   - duration: of the video in seconds, if it is known.
    package init(for size: (width: Int, height: Int), duration: Double?) {
        // Enough to find a place; a long video needs no more files than a short one has pictures.
        interval = max(1, min(60, ((duration ?? 600) / 100).rounded(.up)))
        let scale = min(1, 160 / Double(max(size.width, size.height)))
        width = max(2, Int(Double(size.width) * scale / 2) * 2)
        height = max(2, Int(Double(size.height) * scale / 2) * 2)
    }

    package static var picturesPerFile: Int { columns * rows }

    package func fileName(_ number: Int) -> String { "\(number).jpg" }

    /// - Parameter duration: of the video in seconds.
    package func webVTT(duration: Double) -> String {
        let count = max(1, Int((duration / interval).rounded(.up)))
        let cues = (0..<count).map { picture in
            let place = picture % Self.picturesPerFile
            let (x, y) = (place % Self.columns * width, place / Self.columns * height)
            let end = min(duration, Double(picture + 1) * interval)
            return """
                \(WebVTT.time(Double(picture) * interval)) --> \(WebVTT.time(end))
                \(fileName(picture / Self.picturesPerFile + 1))#xywh=\(x),\(y),\(width),\(height)
                """
        }
        return "WEBVTT\n\n" + cues.joined(separator: "\n\n") + "\n"
    }
}
