package import HTTPServer
internal import Jobs

/// Who may come in, by keys and by tokens, and how often.
///
/// A key that holds is let in however many others from the same address did not: nobody is locked out by what a neighbour
/// tries. What is limited of those who fail is their answer, and the lines they can write into the log.
package final class AccessGate: Gatekeeper {
    private let keys: KeyRing
    private let tokens: TokenVerifier?
    private let principalLimit: RateLimiter?
    private let addressLimit: RateLimiter?
    private let failureLimit: RateLimiter?

    /// - Parameter tokens: nil where no tokens are taken.
    package init(keys: KeyRing, tokens: TokenVerifier? = nil, limits: AccessLimits = AccessLimits()) {
        (self.keys, self.tokens) = (keys, tokens)
        principalLimit = limits.principal.map { RateLimiter($0) }
        addressLimit = limits.address.map { RateLimiter($0) }
        failureLimit = limits.failures.map { RateLimiter($0) }
    }

    package func admit(_ fields: HTTPFields, from client: String) -> Admission {
        let authorization = fields.occurrence(of: "Authorization")
        if case .never = authorization {
            return limited(.unknown, by: addressLimit, ClientAddress.of(fields, client))
        }
        let admission = admission(Credential(authorization))
        switch admission {
        case .admitted(let principal):
            return principalLimit?.take(principal.id).map { .tooMany(retryAfter: $0) } ?? admission
        // Where it is not known whom a proxy asks for, all of its clients that fail share one rate: those that do not
        // fail have nothing to do with it.
        case .unknown: return limited(admission, by: failureLimit, ClientAddress.of(fields, client) ?? client)
        case .unavailable, .tooMany: return admission
        }
    }

    package func readmit(_ fields: HTTPFields, from client: String) -> Admission {
        admission(Credential(fields.occurrence(of: "Authorization")))
    }

    package func admitAnybody(_ fields: HTTPFields, from client: String) -> Admission {
        guard addressLimit != nil else { return .admitted(.nobody) }
        return limited(.admitted(.nobody), by: addressLimit, ClientAddress.of(fields, client))
    }

    private func admission(_ credential: Credential) -> Admission {
        switch credential {
        case .key(let key): keys.admit(key)
        case .token(let token): tokens?.admit(token) ?? .unknown
        case .other: .unknown
        }
    }

    /// What it would be, unless the address had its share.
    private func limited(_ admission: Admission, by limiter: RateLimiter?, _ address: String?) -> Admission {
        guard let address, let wait = limiter?.take(address) else { return admission }
        return .tooMany(retryAfter: wait)
    }
}
