extension Rate {
    /// Reads a rate as people write it, `100/1m`: a number of jobs, a slash and a time. Nil when it is none.
    public init?(_ text: String, burst: Int? = nil) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let count = Int(parts[0]), Self.counts.contains(count),
            let period = try? DurationText.parse(parts[1]), Self.periods.contains(period)
        else { return nil }
        self.init(count, per: period, burst: burst)
    }
}
