/// Failures, crashes and interruptions are not the same.
extension Mutant {
    static let counters = [
        Mutant("a wait forgets the crashes", "note_setbacks(stream, entry, job, delivered - 1)"),
        Mutant("a wait forgets the interruptions", "add_to(job, 'interruptions', interruptions)"),
        Mutant("a wait forgets the lost leases", "add_to(job, 'losses', losses)"),
        Mutant(
            "a release counts as a crash", "hand_to(stream, RELEASED, entry, LONG_IDLE_MS, delivered - 1)",
            "hand_to(stream, RELEASED, entry, LONG_IDLE_MS, delivered)"),
        Mutant(
            "leaving counts as a crash", "pending[1], LONG_IDLE_MS, pending[4] - 1)",
            "pending[1], LONG_IDLE_MS, pending[4])"),
        Mutant("a renewal counts as a crash", "        renewed[#renewed + 1] = 'JUSTID'\n"),
        Mutant(
            "a lost lease counts as a crash", "    correct_crash(stream, worker, entry)\n    return nil",
            "    return nil"),
        Mutant("whoever speaks of a job corrects its crashes", "if silent ~= worker then return end"),
        Mutant("a job is interrupted for ever", "interruptions + 1 >= limit and", "false and"),
        Mutant(
            "a checkpoint leaves the interruptions", "if interruptions > 0 then write_setbacks",
            "if false then write_setbacks"),
        Mutant("a retry burns no attempt", "job.attempt = tostring(job.attempt + 1)\n"),
        Mutant(
            "a snooze burns an attempt", "add_to(job, 'snoozes', 1)\n            put_off",
            "job.attempt = tostring(job.attempt + 1)\n            put_off"),
        Mutant(
            "words are taken for numbers", "tostring(math.max(1, whole(job.attempt, MOST_COUNT) or 1))",
            "job.attempt or '1'"),
        Mutant("rescued jobs are not counted", "count(stream, 'rescued', 1)\n"),
    ]
}
