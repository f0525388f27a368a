/// One measured number beside what it is compared with, both from the same run.
public struct Figure: Sendable, Encodable {
    public let name: String
    public let value: Double
    public let unit: String
    /// What it stands beside, for example `0.56 of the ceiling`.
    public var ratios: [Ratio] = []

    public struct Ratio: Sendable, Encodable {
        public let of: String
        public let ratio: Double
        /// What we promised ourselves: at least this, or at most.
        public var bar: Bar?
    }

    public enum Bar: Sendable, Encodable {
        case atLeast(Double)
        case atMost(Double)

        func holds(for ratio: Double) -> Bool {
            switch self {
            case .atLeast(let bound): ratio >= bound
            case .atMost(let bound): ratio <= bound
            }
        }

        var text: String {
            switch self {
            case .atLeast(let bound): "≥ \(Figure.text(bound))"
            case .atMost(let bound): "≤ \(Figure.text(bound))"
            }
        }
    }

    init(_ name: String, _ value: Double, _ unit: String, _ ratios: [Ratio] = []) {
        self.name = name
        self.value = value
        self.unit = unit
        self.ratios = ratios
    }

    /// One line for a person.
    public var line: String {
        let left = Self.padded(name, 52) + Self.leftPadded(Self.text(value), 10) + " " + Self.padded(unit, 8)
        return left + ratios.map { Self.text($0) }.joined(separator: "   ")
    }

    private static func text(_ ratio: Ratio) -> String {
        let verdict = ratio.bar.map { " (\($0.text) \($0.holds(for: ratio.ratio) ? "✓" : "✗"))" } ?? ""
        return "\(text(ratio.ratio)) of \(ratio.of)\(verdict)"
    }

    static func text(_ number: Double) -> String {
        guard number.isFinite else { return "-" }
        if number >= 1000 { return grouped(Int(number.rounded())) }
        if number >= 100 { return String(Int(number.rounded())) }
        return String((number * 1000).rounded() / 1000)
    }

    private static func grouped(_ number: Int) -> String {
        number < 1000 ? "\(number)" : grouped(number / 1000) + "," + String(String(number % 1000 + 1000).dropFirst())
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private static func leftPadded(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
