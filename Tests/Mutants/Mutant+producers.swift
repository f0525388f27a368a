/// What a producer was told is so.
extension Mutant {
    static let producers = [
        Mutant(
            "an idempotency key is not kept", "redis.call('SET', once, token, 'PX', key_ttl)", "redis.call('GET', once)"
        ),
        Mutant("an idempotency key is not looked at", "if first then return first end"),
        Mutant("a spoiled state breaks the step", "local noted = redis.pcall(", "local noted = redis.call("),
        Mutant(
            "a delayed job that is said again becomes two",
            "if delay > 0 and redis.call('HEXISTS', stream .. ':later:jobs', token) == 1 then return token end"),
        Mutant("the end of a tracked job wakes nobody", "redis.call('RPUSH', key .. ':end', state)\n"),
        Mutant("a tracked job that dies says nothing", "track(stream, job, 'dead', 'reason', reason, 'error', error)"),
    ]
}
