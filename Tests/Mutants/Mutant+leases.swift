/// A job is taken over when its worker lost it, and not before.
extension Mutant {
    static let leases = [
        Mutant("rescue ignores the lease", "GROUP, 'IDLE', lease,", "GROUP, 'IDLE', 0,"),
        Mutant(
            "a job that takes every worker down is rescued for ever", ">= crash_limit then\n                job",
            ">= 1000 then\n                job"),
        Mutant(
            "suspects run beside each other",
            "local claimed = not (is_suspect and has_suspect)\n                    and", "local claimed ="),
        Mutant(
            "crashes before a wait make nobody a suspect", "job and delivered + (job.crashes or 0) >= crash_limit - 1",
            "job and delivered >= crash_limit - 1"),
        Mutant(
            "rescue leaves the worker its own", "if #taken >= limit then return true end",
            "if #taken >= limit or holder == worker then return true end"),
        Mutant("what was handed back waits for the lease", "'IDLE', LONG_IDLE_MS,", "'IDLE', 0,"),
        Mutant(
            "renewing leaves the lease as it is", "redis.call('XCLAIM', stream, GROUP, worker, 0, unpack(held))\n"),
        Mutant("retries are due at once", "now_ms() + delay, member", "now_ms(), member"),
        Mutant("what is not due is promoted", "'-inf', now, 'LIMIT'", "'-inf', '+inf', 'LIMIT'"),
    ]
}
