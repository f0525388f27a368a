/// Whether a number needs its unit.
package enum UnitRule: String, Codable, Sendable, CaseIterable {
    /// A number without a unit is in the unit whose factor is 1.
    case optional
    /// A number without a unit costs the unit penalty.
    case required
}
