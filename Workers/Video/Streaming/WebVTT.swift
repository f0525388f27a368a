/// Texts that appear at times (W3C WebVTT).
package enum WebVTT {
    /// `01:02:03.456`.
    package static func time(_ seconds: Double) -> String {
        let milliseconds = Int((max(0, seconds) * 1000).rounded())
        func digits(_ value: Int, _ count: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let (hours, minutes) = (milliseconds / 3_600_000, milliseconds / 60_000 % 60)
        return
            "\(digits(hours, 2)):\(digits(minutes, 2)):\(digits(milliseconds / 1000 % 60, 2)).\(digits(milliseconds % 1000, 3))"
    }

    /// The same captions for a video whose first frame has another time than zero (RFC 8216, 3.5). Nil for what is no
    /// WebVTT.
    /// - Parameter start: of the video's first frame, in seconds.
    package static func mapped(_ text: String, start: Double) -> String? {
        guard text.hasPrefix("WEBVTT"), let end = text.firstIndex(where: \.isNewline) else { return nil }
        let clock = Int((start * 90_000).rounded())
        return "\(text[..<end])\nX-TIMESTAMP-MAP=MPEGTS:\(clock),LOCAL:00:00:00.000\(text[end...])"
    }
}
