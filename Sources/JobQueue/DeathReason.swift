/// Why a job became a dead letter: a code that stays the same, for filters and statistics.
public enum DeathReason: String, Sendable {
    /// It failed as often as its policy allows.
    case failures
    /// It failed, and its next retry would have begun later than its policy allows.
    case tooLate = "too_late"
    /// The workers that ran it died, as often as the crash limit says.
    case crash
    /// It was handed back unfinished too often.
    case interrupted
    /// Its lease ran out too often, under workers that lived.
    case lease
    /// Its handler said that no attempt will succeed.
    case buried
    /// The entry is no job: it has no type, or one that is no name, is larger than allowed, or has links that are none.
    case malformed
    /// Its payload is not what its type asks for.
    case undecodable
    /// No worker knew its type for as long as the configuration allows.
    case unknownType = "unknown_type"
}
