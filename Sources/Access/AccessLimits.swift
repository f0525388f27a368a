package import Jobs

/// How much clients may ask for; nil for as much as they like.
package struct AccessLimits: Sendable {
    /// Of each key, and of each subject of tokens.
    package var principal: Rate?
    /// Of each address, by those who do not say who they are.
    package var address: Rate?
    /// Keys and tokens that do not hold, of each address.
    package var failures: Rate?

    package init(principal: Rate? = nil, address: Rate? = nil, failures: Rate? = nil) {
        (self.principal, self.address, self.failures) = (principal, address, failures)
    }
}
