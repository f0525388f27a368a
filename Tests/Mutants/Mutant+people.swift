/// What people asked for happens, once.
extension Mutant {
    static let people = [
        Mutant(
            "a cancelled job is put off",
            "if is_cancelled(stream, entry) then return end_entry(stream, entry, job, 'cancelled') end\n    local member",
            "local member"),
        Mutant(
            "a cancelled job is rescued",
            "            if is_cancelled(stream, entry) then return end_entry(stream, entry, job, 'cancelled') end\n"),
        Mutant("to cancel a running job is noted nowhere", "redis.call('SADD', stream .. ':cancelled', entry)\n"),
        Mutant(
            "what was asked of an entry outlives it",
            "redis.call('SREM', stream .. ':cancelled', unpack(entries, first, last))\n"),
        Mutant(
            "a running job is cancelled under its worker", "return holding and 'active' or 'ready', entry",
            "return 'ready', entry"),
        Mutant("a cancelled job still waits", "        redis.call('ZREM', stream .. ':later', token)\n"),
        Mutant("a cancelled job leaves its body behind", "    redis.call('HDEL', hash, token)\n"),
        Mutant("a cancelled job leaves the gate shut behind it", "    redis.call('ZREM', key, token)\n"),
        Mutant(
            "a shut gate lets jobs through",
            "if redis.call('HEXISTS', stream .. ':paused', gate) == 1 then return 0 end\n"),
        Mutant(
            "a job is set aside behind an open gate", "if redis.call('HEXISTS', stream .. ':paused', gate) == 0 then",
            "if false then"),
        Mutant(
            "a job that is set aside stays",
            "    redis.call('SADD', gates_like(stream, gate), gate)\n    remove_entry(stream, entry, job)\n",
            "    redis.call('SADD', gates_like(stream, gate), gate)\n"),
        Mutant(
            "a job that was set aside leaves its body behind",
            "            redis.call('HDEL', stream .. ':blocked:jobs', member)\n"),
    ]
}
