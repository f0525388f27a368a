import Decimals

/// Draws the values of one variable.
struct VariableDraw: Sendable {
    private enum Values {
        case list([Decimal128])
        case steps(from: Decimal128, step: Decimal128, count: Int)
    }

    let name: String
    private let values: Values
    private let seedName: SeedName

    init(_ variable: FormulaVariable, question: String, at path: QuizPath) throws(InvalidDocument) {
        try path.key("name").check(
            Formula.isName(variable.name), "is \(InvalidDocument.quoted(variable.name)); write letters, digits and '_'")
        name = variable.name
        // Variables of a set draw by the same name, and so the same row.
        seedName = SeedName("\(question)/\(variable.set.map { "set/\($0)" } ?? variable.name)")
        switch (variable.values.isEmpty, variable.from, variable.to) {
        case (false, nil, nil):
            try path.key("values").check(count: variable.values.count, in: 1...Limits.parts, of: "values")
            values = .list(variable.values)
        case (true, let from?, let to?): values = try Self.steps(from, to, variable.step ?? 1, at: path)
        default: throw path.error("needs either 'values', or 'from' and 'to'")
        }
    }

    private static func steps(
        _ from: Decimal128, _ to: Decimal128, _ step: Decimal128, at path: QuizPath
    ) throws(InvalidDocument) -> Values {
        try path.check(from <= to && step > 0, "goes from \(from) to \(to) by \(step); write a range that ascends")
        guard let steps = (to - from).divided(by: step)?.truncated.wholeNumber, steps < 1_000_000_000 else {
            throw path.error("has more than a milliard steps; write a larger step")
        }
        return .steps(from: from, step: step, count: steps + 1)
    }

    func value(_ seed: Seed) -> Decimal128 {
        switch values {
        case .list(let list): list[seed.draw(seedName, below: list.count)]
        case .steps(let from, let step, let count): from + Decimal128(seed.draw(seedName, below: count)) * step
        }
    }
}
