/// Why a transport took no mail at all: nothing was delivered, and the mail itself is not to blame. Texts are one
/// sentence and hold no secret.
enum TransportFailure: Error, Equatable, CustomStringConvertible {
    /// The server is away, or does not work as servers do.
    case unavailable(String)
    /// The server refuses our account: only the operator can mend that.
    case loginRefused(String)
    /// The server works, and has told us to come back no sooner than this.
    case exhausted(String, retryAfter: Duration)
    /// We ourselves send this mail no sooner than this; another one perhaps.
    case spent(String, retryAfter: Duration)
    /// The job was cancelled before its mail was handed over.
    case cancelled

    /// Whether the server was away or out of order.
    var blamesServer: Bool { if case .unavailable = self { true } else { false } }

    var description: String {
        switch self {
        case .unavailable(let reason), .loginRefused(let reason), .exhausted(let reason, _), .spent(let reason, _):
            reason
        case .cancelled: "The job was cancelled before its mail was handed over."
        }
    }
}
