public import DeliveryReports

/// What became of a mail for one recipient, once it was handed over or could not be.
public enum MailOutcome: Sendable, Equatable {
    /// The other side has taken the responsibility for it.
    case sent
    /// Certainly not taken; another attempt may follow.
    case deferred(reason: String, EnhancedStatus? = nil)
    /// Not taken, and never will be as it is.
    /// - Parameter suppresses: whether the address is to get no mail any more, because it does not exist.
    case refused(reason: String, EnhancedStatus? = nil, suppresses: Bool)
    /// Handed over, and no answer came.
    case ambiguous(reason: String)

    var state: MailState {
        switch self {
        case .sent: .sent
        case .deferred: .queued
        case .refused: .refused
        case .ambiguous: .ambiguous
        }
    }

    /// As the timeline calls it.
    var event: String { if case .deferred = self { "deferred" } else { state.rawValue } }

    var reason: String? {
        switch self {
        case .sent: nil
        case .deferred(let reason, _), .refused(let reason, _, _), .ambiguous(let reason): reason
        }
    }

    var status: EnhancedStatus? {
        switch self {
        case .sent, .ambiguous: nil
        case .deferred(_, let status), .refused(_, let status, _): status
        }
    }

    var suppresses: Bool { if case .refused(_, _, true) = self { true } else { false } }
}
