public import RedisClient

/// What was to be done was not, because its entry could not be written.
public struct AuditUnavailable: Error, CustomStringConvertible {
    public let cause: RedisError

    public var description: String {
        "\(cause) Nothing was changed: what is done is first written into the audit trail, which is in Redis."
    }
}
