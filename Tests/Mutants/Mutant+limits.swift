/// No more run than may, and whoever waits is let go on.
extension Mutant {
    /// What interleavings of jobs show that have limits of how many run at once.
    static let limits = [
        Mutant(
            "a limit lets one more begin", "limit.running >= limit.concurrency", "limit.running > limit.concurrency"),
        Mutant("passes outlive their entries", "        give_back_passes(stream, entries, first, last)\n"),
        Mutant(
            "nobody is let go on when a pass comes free",
            "            open_gate(view, limit_of(view, key), MOST_WAKES)\n        end\n    end\nend\n\n-- Opens",
            "        end\n    end\nend\n\n-- Opens"),
        Mutant(
            "a question asked again is a new one",
            "if redis.call('HEXISTS', stream .. ':passes', entry) == 1 then\n        note_beginning",
            "if false then\n        note_beginning"),
        Mutant(
            "who lost a job takes its pass", "if not delivered then return 0 end\n    if redis.call('HEXISTS'",
            "delivered = delivered or 1\n    if redis.call('HEXISTS'"),
        Mutant(
            "a job takes its passes although one is refused",
            "if limit ~= own and limit.is_waited_for or refusal(view, limit) then return limit end",
            "if keys[1] == key and refusal(view, limit) then return limit end"),
        Mutant(
            "a job that goes on has no passes", "if limit.terms == '' then return make_ready(stream, job) end",
            "do return make_ready(stream, job) end"),
        Mutant(
            "jobs that wait have no bodies", "local member = store_job(stream .. ':blocked:jobs', job, entry)",
            "local member = job.id"),
        Mutant(
            "a job that goes on waits behind all others", "may_hold(admitted_lane(stream), 'stream'))", "false)"),
        Mutant(
            "what was admitted is not rescued", "return {{admitted, ADMITTED}, {stream, ''}}",
            "return {{stream, ''}}"),
        Mutant("a sweep takes the passes of those who live", "if is_gone(stream, entry) then", "if true then"),
    ]

    /// What only time shows: see the tests of rates.
    public static let rates = [
        Mutant(
            "those that were let go on begin all at once", "return limit.interval == 0 or limit.woken < limit.burst",
            "return true"),
        Mutant(
            "a rate lets the next begin too soon", "+ limit.interval)\n            redis",
            "+ limit.interval / 2)\n            redis"),
        Mutant("a burst is one too many", "math.max(0, (burst or 1) - 1)", "math.max(0, (burst or 1))"),
        Mutant("who comes passes those who wait", "limit ~= own and limit.is_waited_for or refusal", "refusal"),
        Mutant("a gate is not noted as due", "if free > 0 then redis.call('ZADD'", "if false then redis.call('ZADD'"),
        Mutant(
            "a new rate keeps the waits of the old",
            "limit.tat = math.min(limit.tat, math.ceil(view.now + limit.tolerance + limit.interval))\n"),
        Mutant("a job that has expired is let go on", "return expires and expires * 1000 <= view.now", "return false"),
    ]
}
