/// How chosen answers become points.
package enum ChoiceScoring: String, Codable, Sendable, CaseIterable {
    /// The fractions of what was chosen are added, up to the whole.
    case weights
    /// All points for exactly the right choices, else none.
    case allOrNothing
    /// Right ones less wrong ones, of the number of right ones.
    case rightMinusWrong
}
