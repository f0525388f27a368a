/// What is dead is replayed once, changed by one, and found in all its places.
extension Mutant {
    public static let deadLetters = [
        Mutant(
            "a job that dies again is replayed by the same replay",
            "return not string.find(' ' .. (job.replay or '') .. ' ', ' ' .. id .. ' ', 1, true)", "return true"),
        Mutant(
            "a job remembers only its latest replay", "if #ids < REPLAYS_KNOWN then ids", "if #ids < 1 then ids"),
        Mutant("a replay has no cut-off", "if buried > begun then return false end"),
        Mutant(
            "a replay takes what was imported meanwhile",
            "if tonumber(job.imported) and tonumber(job.imported) > begun then return false end"),
        Mutant(
            "a replay runs what has expired",
            "if whole(job.expires, MOST_MS) and whole(job.expires, MOST_MS) <= now_ms() then return false end"),
        Mutant(
            "a replay that was aborted goes on", "if state ~= 'running' then return {state or '', 0, 0, 0, 0, ''} end"),
        Mutant("two drive one replay", "if state == 'running' and driver ~= args[2] then state = 'driven' end"),
        Mutant(
            "replayed jobs go before live work without end",
            "has_stopped = most_waiting > 0 and waiting >= most_waiting", "has_stopped = false"),
        Mutant(
            "jobs that a limit holds back are taken for begun",
            "if redis.call('HEXISTS', stream .. ':blocked:jobs', token) == 1 then return 'blocked' end\n        if not is_delivered",
            "if not is_delivered"),
        Mutant(
            "jobs that are claimed are taken for begun",
            "return pending[3] < BEGUN_AFTER_MS and 'claimed' or nil", "return nil"),
        Mutant("jobs that were handed back are taken for begun", "if is_nobody(pending[2]) then return 'ready' end"),
        Mutant(
            "a replay waits for jobs that were taken away", "is_empty = redis.call('XLEN', stream) <= held",
            "is_empty = false"),
        Mutant(
            "a replay does not note how far it came", "redis.call('HSET', key, 'cursor', args[5] .. ' ' .. args[6])"),
        Mutant("a replayed job keeps its attempts", "        job.attempt = '1'\n"),
        Mutant(
            "a replayed job is announced as dead",
            "            redis.call('DEL', key .. ':end')\n            redis.pcall", "            redis.pcall"),
        Mutant(
            "a letter is named by its id alone",
            "if not score or tonumber(score) ~= tonumber(buried) then return nil end",
            "if not score then return nil end"),
        Mutant("an edit overwrites another", "if (job.args or '') ~= expected then return -1 end"),
        Mutant(
            "an edit forgets the first payload", "job.original = job.original or expected", "job.original = expected"),
        Mutant(
            "an import overwrites letters", "local is_new = redis.call('HEXISTS', stream .. ':dead:jobs', member) == 0",
            "local is_new = true"),
        Mutant("letters leave their groups behind", "redis.pcall('ZREM', group_key(stream, group), member)\n"),
        Mutant("groups outlive their letters", "redis.pcall('ZREM', stream .. ':dead:groups', group)\n"),
        Mutant("what is known of a group outlives it", "redis.pcall('HDEL', stream .. ':dead:groups:about', group)\n"),
        Mutant(
            "letters that are young are deleted for their age", "'(' .. now_ms() - keep, 'BYSCORE'", "'+inf', 'BYSCORE'"
        ),
        Mutant("every number makes another group", "text = string.gsub(text, '%d', '<n>')\n"),
    ]
}
