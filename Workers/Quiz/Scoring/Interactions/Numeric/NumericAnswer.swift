package import Decimals

/// A number, or a range of numbers, and what it is worth: `{"value":9.81,"tolerance":{"absolute":0.01}}`,
/// `{"from":1,"to":2}`.
package struct NumericAnswer: Codable, Sendable, Equatable {
    package var value: Decimal128?
    /// The ends of a range, both included; instead of `value`.
    package var from: Decimal128?
    package var to: Decimal128?
    /// How far from `value` a response may be. Else it must be equal.
    package var tolerance: Tolerance?
    /// From -1 to 1.
    package var fraction: Decimal128
    package var feedback: String?

    package init(
        value: Decimal128? = nil, from: Decimal128? = nil, to: Decimal128? = nil, tolerance: Tolerance? = nil,
        fraction: Decimal128 = 1, feedback: String? = nil
    ) {
        self.value = value
        self.from = from
        self.to = to
        self.tolerance = tolerance
        self.fraction = fraction
        self.feedback = feedback
    }

    private enum CodingKeys: CodingKey, CaseIterable { case value, from, to, tolerance, fraction, feedback }

    package init(from decoder: any Decoder) throws {
        let fields = try Fields<CodingKeys>(decoder)
        value = try fields.optional(.value)
        from = try fields.optional(.from)
        to = try fields.optional(.to)
        tolerance = try fields.optional(.tolerance)
        fraction = try fields.optional(.fraction, else: 1)
        feedback = try fields.optional(.feedback)
    }
}
