import Decimals
import QuizScoring

/// A number with a tolerance on both sides, which is all that Moodle writes.
struct MoodleNumber {
    let value: Decimal128
    let tolerance: Decimal128

    init?(_ answer: NumericAnswer) {
        if let from = answer.from, let to = answer.to {
            let half = Decimal128(5, exponent: -1)
            (value, tolerance) = ((from + to) * half, (to - from) * half)
            return
        }
        guard let value = answer.value else { return nil }
        switch answer.tolerance {
        case nil: (self.value, tolerance) = (value, 0)
        case .absolute(let size): (self.value, tolerance) = (value, size)
        case .relative(let size): (self.value, tolerance) = (value, (value * size).magnitude)
        default: return nil
        }
    }
}
