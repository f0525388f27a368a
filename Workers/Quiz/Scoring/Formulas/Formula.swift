package import Decimals

/// A formula over variables: `{a} * sqrt({b}) + 1`.
///
/// It holds numbers, variables in braces, `+ - * / ^` (`**` is `^`), parentheses, `pi`, and the functions of
/// ``FormulaFunction``. Angles are in radians, and `log` is the natural logarithm, as in Moodle's calculated questions.
/// All is decimal: see ``Decimals/Decimal128``.
package struct Formula: Sendable {
    let root: FormulaNode
    /// The variables it needs.
    package let variables: Set<String>

    package init(_ text: String) throws(InvalidFormula) {
        var parser = FormulaParser(text)
        root = try parser.parse()
        variables = parser.variables
    }

    /// Whether it may stand in braces.
    static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
    }

    /// - Returns: `nil` where it has no value, or one out of range: a division by zero, the root of -1.
    package func value(_ variables: [FormulaValue]) -> Decimal128? { root.value(variables) }
}
