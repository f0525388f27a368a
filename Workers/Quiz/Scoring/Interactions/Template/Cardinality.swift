/// How many values a response variable holds: QTI 3.0, Cardinality.
package enum Cardinality: String, Codable, Sendable, CaseIterable {
    case single
    /// In any order.
    case multiple
    case ordered
}
