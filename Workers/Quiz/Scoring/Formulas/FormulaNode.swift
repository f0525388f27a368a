import Decimals

/// A part of a formula.
indirect enum FormulaNode: Sendable {
    case number(Decimal128)
    case variable(String)
    case negative(FormulaNode)
    case operation(FormulaOperator, FormulaNode, FormulaNode)
    case call(FormulaFunction, [FormulaNode])

    func value(_ variables: [FormulaValue]) -> Decimal128? {
        let value: Decimal128?
        switch self {
        case .number(let number): value = number
        case .variable(let name): value = variables.first { $0.name == name }?.value
        case .negative(let node): value = node.value(variables).map { -$0 }
        case .operation(let sign, let left, let right):
            guard let left = left.value(variables), let right = right.value(variables) else { return nil }
            value = sign.apply(left, right)
        case .call(let function, let arguments):
            let values = arguments.compactMap { $0.value(variables) }
            value = values.count == arguments.count ? function.apply(values) : nil
        }
        // Every step stays in range, so that none can grow without bounds.
        guard let value, value.isInRange else { return nil }
        return value
    }
}
