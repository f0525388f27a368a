import Jobs
import TestSupport
import Testing

/// What a fault did to the system: what broke, and what was measured.
struct Verdict: Sendable, CustomStringConvertible {
    struct Figure: Sendable {
        let name: String
        let value: Double
        let unit: String
        /// The value may be this at the most; nil only tells it.
        let bar: Double?

        var isMissed: Bool { bar.map { value > $0 } ?? false }
    }

    let test: String
    /// Where the full form is smaller than its row in the table of faults.
    let scaled: String?
    private(set) var violations: [String] = []
    private(set) var figures: [Figure] = []

    init(_ test: String, scaled: String? = nil) {
        self.test = test
        self.scaled = scaled
    }

    /// Something that must never happen did.
    mutating func add(violation: String) { violations.append(violation) }

    mutating func expect(_ isSo: Bool, _ otherwise: @autoclosure () -> String) {
        if !isSo { violations.append(otherwise()) }
    }

    mutating func add(_ name: String, _ value: Double, _ unit: String = "", bar: Double? = nil) {
        figures.append(Figure(name: name, value: value, unit: unit, bar: bar))
    }

    mutating func add(_ name: String, _ count: Int, bar: Int? = nil) {
        add(name, Double(count), bar: bar.map(Double.init))
    }

    mutating func add(_ name: String, _ time: Duration, bar: Duration? = nil) {
        add(name, time.seconds, "s", bar: bar?.seconds)
    }

    var description: String {
        let told = figures.map { figure in
            let bar = figure.bar.map { " (bar \(Self.text($0)))" } ?? ""
            return "\(figure.name) \(Self.text(figure.value))\(figure.unit.isEmpty ? "" : " " + figure.unit)\(bar)"
        }
        let less = Form.current == .full ? scaled.map { ["scaled: \($0)"] } ?? [] : []
        return "\(test): " + (told + ["\(violations.count) violations"] + less).joined(separator: ", ")
    }

    private static func text(_ value: Double) -> String {
        value == value.rounded() ? "\(Int(value))" : "\((value * 1000).rounded() / 1000)"
    }
}

extension Verdict {
    /// For the sound system: nothing broke, and in the full form every bar holds.
    func mustHold(sourceLocation: SourceLocation = #_sourceLocation) {
        print(self)
        #expect(violations.isEmpty, "\(self)\n\(violations)", sourceLocation: sourceLocation)
        guard Form.current == .full else { return }
        let missed = figures.filter(\.isMissed).map(\.name)
        #expect(missed.isEmpty, "\(self)", sourceLocation: sourceLocation)
    }

    /// For the system without a protection: a test that does not see the harm there proves nothing.
    /// - Parameter harm: a part of the violation that the missing protection must cause.
    func mustFail(without protection: String, showing harm: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let shown = violations.first { $0.contains(harm) }
        print("\(test), without \(protection): \(shown ?? "NOTHING WAS NOTICED")")
        #expect(shown != nil, "\(self)\n\(violations)", sourceLocation: sourceLocation)
    }
}
