/// Why the ledger does not go along with its caller.
public enum EffectError: Error, Sendable, Equatable, CustomStringConvertible {
    case unusableKey(String)
    /// The key belongs to an effect outside the database that is not known to be done.
    case undecided(EffectKey)
    /// Another job has taken the effect over, or an operator has decided what became of it.
    case superseded(EffectKey)

    public var description: String {
        switch self {
        case .unusableKey(let text):
            "The effect key '\(text)' cannot be used: it must have 1 to \(EffectKey.longest) characters."
        case .undecided(let key):
            """
            The effect \(key) was begun outside the database and nobody knows whether it happened: \
            find out and resolve it, or use another key.
            """
        case .superseded(let key):
            "The effect \(key) is no longer this job's: another has taken it over, or it was resolved meanwhile."
        }
    }
}
