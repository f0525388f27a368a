/// What a value is: QTI 3.0, Base Type.
package enum BaseType: String, Codable, Sendable, CaseIterable {
    case identifier, boolean, integer, float, string
    /// Two numbers: `102 113`.
    case point
    /// Two identifiers in any order: `A P` is `P A`.
    case pair
    /// Two identifiers, source and target.
    case directedPair
}
