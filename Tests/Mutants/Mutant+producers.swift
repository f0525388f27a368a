/// What a producer was told is so.
extension Mutant {
    static let producers = [
        Mutant(
            "an idempotency key is not kept", "redis.call('SET', once, token, 'PX', key_ttl)", "redis.call('GET', once)"
        ),
        Mutant("an idempotency key is not looked at", "if first then return first end"),
        Mutant(
            "a spoiled state breaks the step", "if kind ~= 'hash' and kind ~= 'none' then redis.call('DEL', key) end"),
        Mutant(
            "a waiting job with another's id has no token",
            "local member = store_job(stream .. ':later:jobs', job, 'd' .. now)",
            "local member = store_job(stream .. ':later:jobs', job, 'd' .. now); token = member"),
        Mutant("the end of a tracked job wakes nobody", "redis.call('RPUSH', key .. ':end', state)\n"),
        Mutant("a tracked job that dies says nothing", "track(stream, job, 'dead', 'reason', reason, 'error', error)"),
    ]
}
