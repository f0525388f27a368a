import AdaptiveStreaming

/// How pictures are encoded. What is encoded in chunks is put together without being encoded again, so all of it must be made
/// in the same way.
struct PictureEncoder {
    let plan: EncodingPlan
    let preset: String
    let threads: Int

    /// - Parameter stream: of the output, counted among its pictures.
    func arguments(_ rung: Rung, stream: Int = 0) -> [String] {
        let group = String(plan.ladder.framesPerGroup)
        let options = [
            ("c", "libx264"), ("preset", preset), ("crf", "22"), ("maxrate", String(rung.maxBitRate)),
            ("bufsize", String(2 * rung.maxBitRate)), ("profile", "high"), ("g", group), ("keyint_min", group),
            ("sc_threshold", "0"), ("bf", String(plan.backwardFrames)), ("flags", "+cgop+global_header"),
            ("threads", String(threads)),
        ]
        return options.flatMap { ["-\($0.0):v:\(stream)", $0.1] }
    }
}
