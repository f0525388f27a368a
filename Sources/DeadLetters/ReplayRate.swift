/// How many dead letters are replayed in a time: `50/s`, `600/m`, `10/h`.
public struct ReplayRate: Sendable, Equatable, CustomStringConvertible {
    private static let seconds: [String: Double] = ["s": 1, "m": 60, "h": 3600]

    public let perSecond: Double
    public let description: String

    /// Nil for anything else than a whole number from 1 to 1,000,000 and a unit.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let count = Int(parts[0]), (1...1_000_000).contains(count),
            let seconds = Self.seconds[parts[1]]
        else { return nil }
        perSecond = Double(count) / seconds
        description = text
    }
}
