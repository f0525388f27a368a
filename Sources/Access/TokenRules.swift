/// Which tokens are believed.
package struct TokenRules: Sendable, Equatable {
    /// Who must have issued them: `iss`, letter by letter.
    package let issuer: String
    /// For whom they must be: one of `aud`.
    package let audience: String
    /// Where the role stands: `coursework_role`, or a path such as `realm_access.roles`.
    package let roleClaim: String
    /// By how much the clocks of two machines may differ.
    package var leeway = Duration.seconds(60)

    package init(issuer: String, audience: String, roleClaim: String) {
        (self.issuer, self.audience, self.roleClaim) = (issuer, audience, roleClaim)
    }
}
