package import Decimals

/// A variable of a formula: one of `values`, or one of from, from + step … to, by the submission's seed.
package struct FormulaVariable: Codable, Sendable, Equatable {
    /// Letters, digits and `_`; written `{name}` in formulas.
    package var name: String
    /// Lists of several variables go together when they have the same `set`.
    package var values: [Decimal128]
    /// Variables of one set take the same row of their values: Moodle's data sets.
    package var set: String?
    package var from: Decimal128?
    package var to: Decimal128?
    /// Else 1.
    package var step: Decimal128?

    package init(
        name: String, values: [Decimal128] = [], set: String? = nil, from: Decimal128? = nil, to: Decimal128? = nil,
        step: Decimal128? = nil
    ) {
        self.name = name
        self.values = values
        self.set = set
        self.from = from
        self.to = to
        self.step = step
    }

    private enum CodingKeys: CodingKey, CaseIterable { case name, values, set, from, to, step }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        name = try fields.required(.name)
        values = try fields.optional(.values, else: [])
        set = try fields.optional(.set)
        from = try fields.optional(.from)
        to = try fields.optional(.to)
        step = try fields.optional(.step)
    }
}
