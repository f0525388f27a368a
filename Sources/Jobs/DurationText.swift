/// Durations as people write them: a whole number and one unit, `250ms`, `15s`, `5m`, `1h` or `7d`.
public enum DurationText {
    /// The longest duration there is: ten years. Sums with today's date stay far from any overflow.
    public static let longest: Duration = .seconds(3650 * 86_400)

    /// Milliseconds a unit, the largest first.
    private static let units: [(name: String, milliseconds: Int64)] = [
        ("d", 86_400_000), ("h", 3_600_000), ("m", 60_000), ("s", 1000), ("ms", 1),
    ]

    /// Reads a duration of zero or more.
    public static func parse(_ text: String) throws(InvalidDurationText) -> Duration {
        let digits = text.prefix { $0.isASCII && $0.isWholeNumber }
        let name = text.dropFirst(digits.count)
        if !digits.isEmpty, name.isEmpty { throw .noUnit(number: text) }
        guard !digits.isEmpty, let unit = units.first(where: { $0.name == name }) else { throw .notADuration }
        guard let count = Int64(digits), count <= longest.milliseconds / unit.milliseconds else { throw .tooLong }
        return .milliseconds(count * unit.milliseconds)
    }

    /// Writes a duration in the largest unit that expresses it in whole numbers; less than a millisecond is dropped.
    public static func format(_ duration: Duration) -> String {
        let milliseconds = duration.milliseconds
        guard milliseconds != 0 else { return "0s" }
        guard let unit = units.first(where: { milliseconds % $0.milliseconds == 0 }) else { return "\(milliseconds)ms" }
        return "\(milliseconds / unit.milliseconds)\(unit.name)"
    }
}
