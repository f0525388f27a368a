import Decimals

/// What stands between two parts of a formula.
enum FormulaOperator: Sendable {
    case plus, minus, times, divided, power

    func apply(_ left: Decimal128, _ right: Decimal128) -> Decimal128? {
        switch self {
        case .plus: left + right
        case .minus: left - right
        case .times: left * right
        case .divided: left.divided(by: right)
        case .power: left.power(right)
        }
    }
}
