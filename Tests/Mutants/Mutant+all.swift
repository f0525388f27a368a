extension Mutant {
    public static let all: [Mutant] =
        ownership + trust + bodies + counters + leases + producers + membership + people + limits
}
