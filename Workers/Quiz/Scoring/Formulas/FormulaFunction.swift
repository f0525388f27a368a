import Decimals

/// The functions of formulas.
enum FormulaFunction: String, Sendable, CaseIterable {
    case abs, sqrt, exp, ln, log, log10, sin, cos, tan, asin, acos, atan, floor, ceil, round
    case min, max, pow, mod, fmod, deg2rad, rad2deg

    var argumentCount: ClosedRange<Int> {
        switch self {
        case .min, .max: 1...20
        case .pow, .mod, .fmod: 2...2
        case .round: 1...2
        default: 1...1
        }
    }

    /// - Parameter values: as many as ``argumentCount`` allows.
    func apply(_ values: [Decimal128]) -> Decimal128? {
        switch self {
        case .min: values.min()
        case .max: values.max()
        case .pow: values[0].power(values[1])
        case .mod, .fmod: values[0].remainder(dividingBy: values[1])
        case .round: Self.round(values)
        default: apply(values[0])
        }
    }

    private func apply(_ value: Decimal128) -> Decimal128? {
        switch self {
        case .abs: value.magnitude
        case .sqrt: value.squareRoot()
        case .exp: value.exponential()
        case .ln, .log: value.naturalLogarithm()
        case .log10: value.commonLogarithm()
        case .sin: value.sine()
        case .cos: value.cosine()
        case .tan: value.tangent()
        case .asin: value.arcSine()
        case .acos: value.arcCosine()
        case .atan: value.arcTangent()
        case .floor: value.truncated - (value < value.truncated ? 1 : 0)
        case .ceil: value.truncated + (value > value.truncated ? 1 : 0)
        case .deg2rad: (value * .pi).divided(by: 180)
        case .rad2deg: (value * 180).divided(by: .pi)
        default: nil
        }
    }

    private static func round(_ values: [Decimal128]) -> Decimal128? {
        let places = values.count == 2 ? values[1].wholeNumber : 0
        guard let places, (-100...100).contains(places) else { return nil }
        return values[0].rounded(places: places, .halfUp)
    }
}
