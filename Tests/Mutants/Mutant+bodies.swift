/// A job is in exactly one place, with its body.
extension Mutant {
    static let bodies = [
        Mutant(
            "entries that ended are still held",
            "local removed = redis.call('XACK', lane, GROUP, unpack(ids, first - offset, last - offset))",
            "local removed = last - first + 1"),
        Mutant("entries that ended stay", "delete_entries(lane, ids, first - offset, last - offset, removed)\n"),
        Mutant(
            "what befell an entry outlives it",
            "redis.call('HDEL', stream .. ':setbacks', unpack(entries, first, last))"),
        Mutant(
            "completing again counts again", "count(stream, counter, remove_entries(stream, args, 4, last))",
            "remove_entries(stream, args, 4, last); count(stream, counter, last - 3)"),
        Mutant("promoted jobs stay due", "redis.call('ZREM', later, unpack(due, first, last))\n"),
        Mutant(
            "promoted jobs leave their bodies behind",
            "redis.call('HDEL', later .. ':jobs', unpack(due, first, last))\n"),
        Mutant(
            "promoted jobs stay counted as retries",
            "redis.call('SREM', later .. ':retries', unpack(due, first, last))\n"),
        Mutant(
            "promoted jobs are not added", "add_entry(stream, job, is_admitted)\n    track(", "'0-1'\n    track("),
        Mutant(
            "a retry is written nowhere", "local member = store_job(stream .. ':later:jobs', job, entry)",
            "local member = job.id"),
        Mutant(
            "a dead letter has no body", "local member = store_job(stream .. ':dead:jobs', job, entry, name)",
            "local member = job.id"),
        Mutant("a dead letter is not listed", "redis.call('ZADD', stream .. ':dead', buried, member)\n"),
        Mutant("a dead letter is in no group", "redis.pcall('ZADD', group_key(stream, job.group), buried, member)\n"),
        Mutant(
            "a job replaces another with the same id",
            "while redis.call('HEXISTS', hash, member) == 1 do", "while false do"),
        Mutant("jobs with many fields break the step", "if #fields <= 2000 then", "if true then"),
    ]
}
