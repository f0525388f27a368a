import RedisClient

extension CommandFailure {
    /// What a person can do about an error of Redis.
    init(_ error: RedisError) {
        switch error.code {
        case .refused: self.init(.usage, error.message)
        case .authentication: self.init(.configuration, error.message)
        case .permission:
            self.init(.configuration, "Redis does not let this user do that: give it the right. (\(error))")
        case .unavailable: self.init(.unavailable, "\(error) Start it, or set REDIS_URL to where it is.")
        case .outOfMemory:
            self.init(.unavailable, "Redis has no memory left, and stores nothing: raise its maxmemory. (\(error))")
        case .cannotPersist:
            self.init(.unavailable, "Redis cannot write to its disk, and stores nothing: see its log. (\(error))")
        case .readOnly:
            self.init(.unavailable, "This Redis is a replica: set REDIS_URL to where its primary is. (\(error))")
        case .wrongType:
            self.init(.failed, "A key of a queue holds something else; coursework doctor says which. (\(error))")
        default: self.init(error.isTransient ? .unavailable : .failed, error.message)
        }
    }
}
