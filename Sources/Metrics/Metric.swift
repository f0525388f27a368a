/// What a metric is called and what it says: all of it that never changes.
public struct Metric: Sendable, Hashable {
    public enum Kind: String, Sendable {
        /// Only grows; its name ends in `_total`.
        case counter
        case gauge
        /// Durations in seconds.
        case histogram
    }

    public let name: String
    public let kind: Kind
    /// The names of its labels, in the order in which values are given.
    public let labels: [String]
    /// One sentence without a full stop.
    public let help: String

    /// Names are ours: one that Prometheus would refuse is a programmer's mistake and stops the program.
    public init(_ name: String, _ kind: Kind, labels: [String] = [], _ help: String) {
        precondition(Self.isName(name), "'\(name)' is no name of a metric")
        precondition(labels.allSatisfy { Self.isName($0) && $0 != "le" }, "a label of '\(name)' has no fit name")
        precondition((kind == .counter) == name.hasSuffix("_total"), "a counter, and nothing else, ends in _total")
        self.name = name
        self.kind = kind
        self.labels = labels
        self.help = help
    }

    /// All the names that Prometheus keeps of it.
    public var seriesNames: [String] {
        kind == .histogram ? ["_bucket", "_sum", "_count"].map { name + $0 } : [name]
    }

    private static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, first > UInt8(ascii: "9") else { return false }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}
