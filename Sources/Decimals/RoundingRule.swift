/// What becomes of a number that lies between two others of the wanted length.
public enum RoundingRule: String, Sendable, Codable, CaseIterable {
    /// To the nearer one; from the middle away from zero: 0.125 to 0.13, -0.125 to -0.13. What is taught at school.
    case halfUp
    /// To the nearer one; from the middle to the one with the even last digit: 0.125 to 0.12. What statisticians prefer.
    case halfEven

    /// Whether what was cut off takes the last digit one up.
    /// - Parameters:
    ///   - unit: one of the last kept digit, in units of the remainder.
    ///   - sticky: whether something smaller than the remainder was cut off before.
    func roundsUp(_ quotient: UInt128, _ remainder: UInt128, of unit: UInt128, sticky: Bool) -> Bool {
        let half = unit / 2
        guard remainder == half else { return remainder > half }
        return sticky || self == .halfUp || quotient % 2 == 1
    }
}
