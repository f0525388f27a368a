/// An interaction made ready to score many responses.
protocol InteractionScorer: Sendable {
    /// Never fails: what cannot be read is worth nothing, and says why. A blank response is not asked about.
    func score(_ response: ResponseValue, seed: Seed) -> Score
}
