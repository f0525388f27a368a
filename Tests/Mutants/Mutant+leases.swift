/// A job is taken over when its worker lost it, and not before.
extension Mutant {
    static let leases = [
        Mutant("rescue ignores the lease", "GROUP, 'IDLE', lease,", "GROUP, 'IDLE', 0,"),
        Mutant(
            "a job that takes every worker down is rescued for ever", "if crashes >= crash_limit then", "if false then"),
        Mutant(
            "a job that every worker loses is rescued for ever", "elseif losses >= loss_limit then", "elseif false then"
        ),
        Mutant(
            "suspects run beside others", "not reason and (suspects == 'with' or is_suspect == (suspects == 'only'))",
            "not reason"),
        Mutant(
            "a job that comes back to its own worker counts a death", "if is_own then delivered = delivered - 1 end"),
        Mutant(
            "crashes before a wait make nobody a suspect", "local is_suspect = crashes >= crash_limit - 1",
            "local is_suspect = delivered >= crash_limit - 1"),
        Mutant("one that is no suspect any more stays aside", "elseif is_suspect then", "elseif true then"),
        Mutant(
            "rescue leaves the worker its own",
            "local job = read_job(stream, entry)\n            if not job then return remove",
            "if holder == worker then return end\n            local job = read_job(stream, entry)\n            if not job then return remove"
        ),
        Mutant(
            "what was handed back waits for the lease", "hand_to(stream, RELEASED, entry, LONG_IDLE_MS, delivered - 1)",
            "hand_to(stream, RELEASED, entry, 0, delivered - 1)"),
        Mutant(
            "what a dead worker held waits for the lease", "local options = {'IDLE', LONG_IDLE_MS, 'JUSTID'}",
            "local options = {'IDLE', 0, 'JUSTID'}"),
        Mutant("renewing leaves the lease as it is", "redis.call('XCLAIM', lane, GROUP, worker, 0, unpack(renewed))\n"),
        Mutant("retries are due at once", "now_ms() + delay, member", "now_ms(), member"),
        Mutant("what is not due is promoted", "later, '-inf', now, 'LIMIT'", "later, '-inf', '+inf', 'LIMIT'"),
    ]
}
