/// What ffmpeg's filter ebur128 says at its end.
struct LoudnessSummary: Equatable {
    /// Below, EBU R128 counts nothing.
    private static let silence = -70.0

    /// Of the whole, in LUFS.
    let integrated: Double

    /// Nil when there was nothing to hear.
    init?(_ log: String) {
        let lines = log.split(whereSeparator: \.isNewline)
        guard let start = lines.lastIndex(where: { $0.contains("Summary:") }),
            let line = lines[start...].first(where: { $0.contains("I:") && $0.contains("LUFS") }),
            let value = line.split(separator: " ").compactMap({ Double($0) }).first, value > Self.silence
        else { return nil }
        integrated = value
    }
}
