/// What to do about an effect outside the database that may have happened: it was begun, and nobody said how it ended.
public enum AmbiguityPolicy: Sendable {
    /// Leave it: a person finds out. For what must not happen twice, such as a payment.
    case atMostOnce
    /// Do it, possibly once more. For what must not be missed, such as a password reset.
    case atLeastOnce
}
