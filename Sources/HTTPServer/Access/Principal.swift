/// Who sends a request.
package struct Principal: Sendable, Equatable {
    package enum Kind: String, Sendable {
        /// One that was made with `coursework keys create`.
        case key
        /// One that somebody else has signed.
        case token
        /// A stranger.
        case nobody
    }

    package let kind: Kind
    /// The key's id, or the subject of a token: what the audit trail names.
    package let id: String
    /// What people call it.
    package let name: String
    package let role: Role

    package init(_ kind: Kind, id: String, name: String, role: Role) {
        (self.kind, self.id, self.name, self.role) = (kind, id, name, role)
    }

    package static let nobody = Principal(.nobody, id: "", name: "nobody", role: .public)
}
