import Decimals

/// The units of a question.
struct UnitTable: Sendable {
    private let units: [Unit]
    private let rule: UnitRule
    private let penalty: Decimal128

    init(_ units: [Unit], _ rule: UnitRule, penalty: Decimal128, at path: QuizPath) throws(InvalidDocument) {
        let place = path.key("units")
        try place.check(count: units.count, in: 0...Limits.answers, of: "units")
        try path.key("unitPenalty").check(fraction: penalty, from: 0)
        try path.key("unitRule").check(
            rule == .optional || !units.isEmpty, "is required, but there are no units; add some")
        var names: Set<String> = []
        for (index, unit) in units.enumerated() {
            try place.index(index).key("name").check(!unit.name.isEmpty, "is empty")
            try place.index(index).key("factor").check(unit.factor > 0, "is \(unit.factor); write one above 0")
            try place.index(index).key("name").check(
                names.insert(unit.name).inserted, "is \(InvalidDocument.quoted(unit.name)) a second time")
        }
        (self.units, self.rule, self.penalty) = (units, rule, penalty)
    }

    /// The number in the unit of the answers, and what the unit costs.
    func convert(_ number: NumberText) -> (value: Decimal128, penalty: Decimal128) {
        if number.unit.isEmpty { return (number.value, rule == .optional ? 0 : penalty) }
        // Few are sooner looked through than hashed.
        guard let unit = units.first(where: { $0.name == number.unit }) else { return (number.value, penalty) }
        return (number.value * unit.factor, 0)
    }
}
