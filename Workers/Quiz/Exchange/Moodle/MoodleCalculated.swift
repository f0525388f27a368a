import Decimals
import QuizScoring

/// Calculated questions: formulas, and data sets whose items of one number belong together.
enum MoodleCalculated {
    /// The name of the set that Moodle's items of one number form.
    private static let set = "items"

    static func variables(_ question: XMLElement) throws(SkippedQuestion) -> [FormulaVariable] {
        var variables: [FormulaVariable] = []
        for definition in question.first("dataset_definitions")?.all("dataset_definition") ?? [] {
            var values: [Decimal128] = []
            for item in definition.first("dataset_items")?.all("dataset_item") ?? [] {
                guard let value = MoodleQuestion.text(item.first("value")).flatMap({ try? Decimal128($0) }) else {
                    throw SkippedQuestion(item.line, "An item of a data set is no number, so the question is left out.")
                }
                values.append(value)
            }
            variables.append(
                FormulaVariable(name: MoodleQuestion.text(definition.first("name")) ?? "", values: values, set: set))
        }
        guard Set(variables.map(\.values.count)).count <= 1 else {
            throw SkippedQuestion(
                question.line, "The data sets have different numbers of items, so the question is left out.")
        }
        return variables
    }

    /// 1 relative, 2 nominal, 3 geometric.
    static func tolerance(_ size: Decimal128, type: String) -> Tolerance? {
        if size.isZero { return nil }
        switch type {
        case "2": return .absolute(size.magnitude)
        case "3": return .geometric(size.magnitude)
        default: return .relative(size.magnitude)
        }
    }

    /// - Returns: `nil` for what Moodle cannot hold.
    static func written(_ tolerance: Tolerance?) -> (size: Decimal128, type: String)? {
        switch tolerance {
        case nil: (0, "2")
        case .relative(let size): (size, "1")
        case .absolute(let size): (size, "2")
        case .geometric(let size): (size, "3")
        default: nil
        }
    }

    static func isWriteable(_ formula: FormulaInteraction) -> Bool {
        formula.units.isEmpty && formula.answers.allSatisfy { written($0.tolerance) != nil }
            && formula.variables.allSatisfy { !$0.values.isEmpty && $0.set == set }
    }

    static func write(_ variables: [FormulaVariable], _ writer: inout XMLWriter) {
        writer.element("dataset_definitions") { definitions in
            for variable in variables { definitions.element("dataset_definition") { write(variable, &$0) } }
        }
    }

    private static func write(_ variable: FormulaVariable, _ writer: inout XMLWriter) {
        writer.element("status") { $0.element("text", text: "private") }
        writer.element("name") { $0.element("text", text: variable.name) }
        writer.element("type", text: "calculated")
        writer.element("itemcount", text: "\(variable.values.count)")
        writer.element("dataset_items") { items in
            for (index, value) in variable.values.enumerated() {
                items.element("dataset_item") {
                    $0.element("number", text: "\(index + 1)")
                    $0.element("value", text: "\(value)")
                }
            }
        }
    }
}
