extension Mutant {
    /// For the simulation of batches and chains; all others are for that of single jobs.
    public static let batches = [
        Mutant("a member's end is not noted", "if job.batch then member_ended(stream, job, state, result) end"),
        Mutant(
            "a batch is over before it is closed", "if not batch or not batch.closed then return end",
            "if not batch then return end"),
        Mutant(
            "a batch is over while members are pending",
            "if counted(key, 'pending') > 0 then return end\n    local batch",
            "local batch"),
        Mutant(
            "a callback fires each time",
            "if redis.call('HSETNX', key, mark, digits(now_ms())) == 0 then return end",
            "redis.call('HSETNX', key, mark, digits(now_ms()))"),
        Mutant(
            "a batch succeeds whatever became of its members", "if all_done and not batch.cancelled then",
            "if not batch.cancelled then"),
        Mutant("a cancelled batch succeeds", "if all_done and not batch.cancelled then", "if all_done then"),
        Mutant(
            "a batch that has ended takes jobs",
            "if found[3] then return 'the batch has ended"
                + " and takes no jobs any more: open another' end"),
        Mutant(
            "a cancelled batch takes jobs",
            "if found[2] then return 'the batch is cancelled"
                + " and takes no jobs any more: open another' end"),
        Mutant(
            "a member that is added again is two", "if not first and options.batch and options.id and is_member(",
            "if false and is_member("),
        Mutant("a replayed member is not waited for", "if job.batch then follow.revived(stream, job) end"),
        Mutant("a deleted member stays dead", "if job.batch then move_member(stream, job, 'dead', 'other') end"),
        Mutant(
            "a chain goes on after whatever end", "return state == 'done' and not (job.batch", "return not (job.batch"),
        Mutant("a cancelled batch's chains go on", "'cancelled') == 1)", "'cancelled') == 2)"),
        Mutant("only the first link of a chain is kept", "if #links > 0 then fields['then'] = cjson.encode(links) end"),
        Mutant("a link in another queue is a member", "if queue ~= own then fields.batch = nil end\n"),
        Mutant(
            "what was brought already is brought again",
            "local is_new = ms and ms >= known and not redis.call('ZSCORE', marks, id)", "local is_new = ms"),
        Mutant(
            "what was brought long ago is brought again", "local is_new = ms and ms >= known and",
            "local is_new = ms and"),
        Mutant("a waiting member that is replaced or cancelled is not noted", "job_ended(stream, job, 'cancelled')"),
    ]
}
