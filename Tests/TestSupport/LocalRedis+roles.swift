package import LocalServers
internal import Platform
public import RedisClient
package import RedisRoles

extension LocalRedis.Options {
    /// Closes it to all but the roles of `redis.acl`, and to `test`, who may do everything and looks into it.
    package mutating func close(to accounts: RedisAccounts) {
        self.accounts = accounts
        moreUsers = ["user test on nopass ~* &* +@all"]
    }
}

extension RedisConfiguration {
    /// Signs in to a server that is closed as who looks into it.
    public var asInspector: Self {
        var configuration = self
        (configuration.user, configuration.password) = ("test", Secret("any"))
        return configuration
    }
}
