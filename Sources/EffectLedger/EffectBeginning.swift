public import FoundationEssentials
public import Jobs

/// What the ledger knows of an effect outside the database that is about to be begun.
public enum EffectBeginning: Sendable, Equatable {
    /// Do it, and say how it ended with the token.
    case proceed(EffectToken)
    /// It has happened; this is what was said of it.
    case done(JobResult)
    /// Nobody knows whether it happened; it was begun at this time.
    case ambiguous(since: Date)
}
