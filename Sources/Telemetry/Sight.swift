/// What Redis and PostgreSQL said at one moment. Of what did not answer there is nothing: what was is not what is.
struct Sight: Sendable {
    var redis = RedisSight()
    /// Nil where there is no database.
    var outbox: OutboxSight?
}
