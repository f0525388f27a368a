/// As whom a program of ours signs in to Redis: what each may do is in `redis.acl`.
package enum RedisRole: String, Sendable, CaseIterable {
    /// Producers of any language.
    case web
    case worker, relay
    /// The shell, and the server of the API.
    case `operator`
    case metrics
    /// Brings the functions, and does nothing else.
    case deploy
}
