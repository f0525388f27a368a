public import Jobs

/// What an operator found out about an effect that was ambiguous.
public enum EffectResolution: Sendable {
    case done(JobResult)
    /// The next job may do it.
    case notHappened
}
