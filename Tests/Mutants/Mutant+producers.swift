/// What a producer was told is so.
extension Mutant {
    /// Looked for by S-07 alone: the producers of the interleavings say nothing twice in different words.
    static let requests = [
        Mutant(
            "a key that stands for another request is not noticed", "said ~= options.fingerprint", "false")
    ]

    static let producers = [
        Mutant(
            "an idempotency key is not kept", "if options.key then redis.call('SET',",
            "if false then redis.call('SET',"
        ),
        Mutant("an idempotency key is not looked at", "local first = options.key and", "local first = false and"),
        Mutant("a spoiled state breaks the step", "local noted = redis.pcall(", "local noted = redis.call("),
        Mutant(
            "a delayed job that is said again becomes two",
            "if delay > 0 and options.id and redis.call(", "if false and redis.call("),
        Mutant("the end of a tracked job wakes nobody", "redis.call('RPUSH', key .. ':end', state)\n"),
        Mutant(
            "a tracked job that dies says nothing", "job_ended(stream, job, 'dead', 'reason', reason, 'error', error)"),
    ]
}
