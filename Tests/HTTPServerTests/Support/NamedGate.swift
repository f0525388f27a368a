import HTTPServer

/// Lets in who names a role: `Authorization: Bearer operator`.
struct NamedGate: Gatekeeper {
    func admit(_ fields: HTTPFields, from client: String) -> Admission {
        guard let name = fields["Authorization"]?.split(separator: " ").last else { return .unknown }
        if name == "unavailable" { return .unavailable }
        if name == "eager" { return .tooMany(retryAfter: 7) }
        guard let role = Role(rawValue: String(name)) else { return .unknown }
        return .admitted(Principal(.key, id: "id-\(name)", name: String(name), role: role))
    }

    func admitAnybody(_ fields: HTTPFields, from client: String) -> Admission {
        fields["X-Eager"] != nil ? .tooMany(retryAfter: 0) : .admitted(.nobody)
    }
}
