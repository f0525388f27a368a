extension MediaPlaylist {
    /// With six places.
    package static func decimal(_ value: Double) -> String { millionths(Int((value * 1_000_000).rounded())) }

    /// With six places, and never more than the value: a segment's length that is cut at the first key frame behind it.
    package static func decimalBelow(_ value: Double) -> String { millionths(Int((value * 1_000_000).rounded(.down))) }

    /// `-3.250dB`.
    package static func decibels(_ value: Double) -> String {
        (value < 0 ? "-" : "") + decimal(abs(value)) + "dB"
    }

    private static func millionths(_ count: Int) -> String {
        let fraction = String(count % 1_000_000)
        return "\(count / 1_000_000).\(String(repeating: "0", count: 6 - fraction.count))\(fraction)"
    }
}
