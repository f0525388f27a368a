extension OpenBadgeCredential {
    package enum Validity: Sendable, Equatable {
        case notYet
        case valid
        case expired
    }

    /// By its own times; whether it is revoked is in the status list.
    package func validity(at time: CredentialTime) -> Validity {
        if time < validFrom { return .notYet }
        return validUntil.map { time >= $0 } == true ? .expired : .valid
    }
}
