/// Failures, crashes and interruptions are not the same.
extension Mutant {
    static let counters = [
        Mutant("a retry forgets the crashes", "job.crashes = tostring((job.crashes or 0) + delivered - 1)\n"),
        Mutant("a release counts as a crash", "'RETRYCOUNT', delivered - 1", "'RETRYCOUNT', delivered"),
        Mutant("a renewal counts as a crash", "            held[#held + 1] = 'JUSTID'\n"),
        Mutant("a retry burns no attempt", "job.attempt = tostring(job.attempt + 1)\n"),
        Mutant(
            "a snooze burns an attempt", "job.snoozes = tostring((job.snoozes or 0) + 1)\n",
            "job.attempt = tostring(job.attempt + 1)\n"),
        Mutant(
            "words are taken for numbers", "tostring(math.max(1, whole(job.attempt, MOST_COUNT) or 1))",
            "job.attempt or '1'"),
        Mutant("rescued jobs are not counted", "if holder ~= RELEASED then count(stream, 'rescued', 1) end"),
    ]
}
