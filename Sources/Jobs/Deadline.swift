/// How long one attempt of a job may take. "None" is a case of its own, never a number that means it.
public enum Deadline: Sendable, Equatable {
    /// The attempt is cancelled after this long, and counts as failed.
    case after(Duration)
    /// The attempt may take as long as it likes while its worker is alive.
    case none
}
