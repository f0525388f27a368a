/// What became of a mail for one recipient, once it was announced.
public enum MailOutcome: Sendable, Equatable {
    /// The other side has taken the responsibility for it.
    case sent
    /// Not handed over after all.
    case withdrawn
    /// Certainly not taken; another attempt may follow.
    case deferred(reason: String)
    /// Not taken, and never will be as it is.
    /// - Parameter suppresses: whether the address is to get no mail any more, because it does not exist.
    case refused(reason: String, suppresses: Bool)
    /// Handed over, and no answer came.
    case ambiguous(reason: String)

    var state: MailState {
        switch self {
        case .sent: .sent
        case .withdrawn, .deferred: .queued
        case .refused: .refused
        case .ambiguous: .ambiguous
        }
    }

    /// As the timeline calls it; nil for what is no line in it.
    var event: String? {
        switch self {
        case .sent, .withdrawn: nil
        case .deferred: "deferred"
        case .refused, .ambiguous: state.rawValue
        }
    }

    var reason: String? {
        switch self {
        case .sent, .withdrawn: nil
        case .deferred(let reason), .refused(let reason, _), .ambiguous(let reason): reason
        }
    }

    var suppresses: Bool { if case .refused(_, true) = self { true } else { false } }
}
