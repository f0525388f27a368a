import Decimals
import QuizScoring

/// A number that is accepted within a tolerance: QTI's `qti-equal`.
struct QTINumber {
    enum Mode: String { case exact, absolute, relative }

    let value: Decimal128
    let mode: Mode
    /// Percents where it is relative.
    let tolerance: Decimal128
    let score: Decimal128

    /// - Returns: `nil` for what `qti-equal` cannot say.
    init?(_ answer: NumericAnswer, points: Decimal128) {
        guard !answer.fraction.isNegative else { return nil }
        score = answer.fraction * points
        if let from = answer.from, let to = answer.to {
            let half = Decimal128(5, exponent: -1)
            (value, mode, tolerance) = ((from + to) * half, .absolute, (to - from) * half)
            return
        }
        guard let value = answer.value else { return nil }
        self.value = value
        switch answer.tolerance {
        case nil: (mode, tolerance) = (.exact, 0)
        case .absolute(let size): (mode, tolerance) = (.absolute, size)
        case .relative(let size) where !value.isNegative: (mode, tolerance) = (.relative, size * 100)
        default: return nil
        }
    }

    func write(_ writer: inout XMLWriter) {
        let range: String? = mode == .exact ? nil : "\(tolerance) \(tolerance)"
        writer.element("qti-equal", ["tolerance-mode": mode.rawValue, "tolerance": range]) {
            // A relative tolerance is one of the first value.
            $0.element("qti-base-value", ["base-type": "float"], text: "\(value)")
            $0.element("qti-variable", ["identifier": "RESPONSE"])
        }
        Self.writeScore(score, &writer)
    }

    static func writeScore(_ score: Decimal128, _ writer: inout XMLWriter) {
        writer.element("qti-set-outcome-value", ["identifier": "SCORE"]) {
            $0.element("qti-base-value", ["base-type": "float"], text: "\(score)")
        }
    }
}
