/// What a ``Gatekeeper`` answers.
package enum Admission: Sendable {
    case admitted(Principal)
    /// Nobody by whom the server knows.
    case unknown
    /// Who it is cannot be told now.
    case unavailable
    /// Too many requests: so many seconds later there may be another one.
    case tooMany(retryAfter: Int)

    /// What who is not let in is told: not whether there is anything where he wanted to go.
    var refusal: HTTPResponse? {
        switch self {
        case .admitted: nil
        case .unknown:
            .problem(
                .unauthorized, "Send a key or token that holds: Authorization: Bearer …",
                fields: [("WWW-Authenticate", "Bearer")])
        case .unavailable:
            .problem(
                .serviceUnavailable, "Keys cannot be checked now; try again later.", fields: [("Retry-After", "5")])
        case .tooMany(let seconds):
            .problem(
                .tooManyRequests, "That were too many requests; Retry-After says when to go on.",
                fields: [("Retry-After", "\(max(1, seconds))")])
        }
    }
}
