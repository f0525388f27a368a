package import Decimals

/// A formula, and what its value is worth.
package struct FormulaAnswer: Codable, Sendable, Equatable {
    /// Such as `{a} * sqrt({b}) + 1`; see ``Formula``.
    package var formula: String
    package var tolerance: Tolerance?
    /// From -1 to 1.
    package var fraction: Decimal128
    package var feedback: String?

    package init(formula: String, tolerance: Tolerance? = nil, fraction: Decimal128 = 1, feedback: String? = nil) {
        self.formula = formula
        self.tolerance = tolerance
        self.fraction = fraction
        self.feedback = feedback
    }

    private enum CodingKeys: CodingKey, CaseIterable { case formula, tolerance, fraction, feedback }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        formula = try fields.required(.formula)
        tolerance = try fields.optional(.tolerance)
        fraction = try fields.optional(.fraction, else: 1)
        feedback = try fields.optional(.feedback)
    }
}
