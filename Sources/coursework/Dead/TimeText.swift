import FoundationEssentials

/// Times as they are printed.
enum TimeText {
    /// `2026-11-21T10:00:00Z`
    static func of(milliseconds: Int) -> String {
        guard abs(milliseconds) < 4_000_000_000_000_000 else { return "\(milliseconds) ms" }
        return Date(timeIntervalSince1970: (Double(milliseconds) / 1000).rounded(.down)).formatted(.iso8601)
    }
}
