extension Duration {
    /// So many milliseconds, as another program wrote them down: none below zero, and no more than 2^53 - 1, with which
    /// every sum fits.
    package init(clampingMilliseconds milliseconds: Int64) {
        self = .milliseconds(min(max(0, milliseconds), 9_007_199_254_740_991))
    }
}
