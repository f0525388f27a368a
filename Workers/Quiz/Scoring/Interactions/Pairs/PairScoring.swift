/// How pairs become points.
package enum PairScoring: String, Codable, Sendable, CaseIterable {
    /// Right pairs, of all there are.
    case partial
    case allOrNothing
    /// Right pairs less wrong ones, of all there are, and never below zero. What is left empty is not wrong.
    case rightMinusWrong
}
