/// What a job may do to its workers, and they to it, before it is parked. Failures have a limit of their own: the type's
/// `RetryPolicy`. Each is counted apart from the others.
public struct Tolerance: Sendable, Equatable {
    /// Worker processes that die while they run it. Parked with reason `crash`.
    public var crashes: Int
    /// Times it is handed back unfinished, without a checkpoint in between. Parked with reason `interrupted`.
    public var interruptions: Int
    /// Leases that run out under workers that live: frozen, swapped out, cut off. Parked with reason `lease`.
    public var leaseLosses: Int

    public init(crashes: Int = 3, interruptions: Int = 100, leaseLosses: Int = 10) {
        self.crashes = crashes
        self.interruptions = interruptions
        self.leaseLosses = leaseLosses
    }

    public static let standard = Tolerance()
}
