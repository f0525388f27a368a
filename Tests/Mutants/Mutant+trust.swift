/// Only a worker that cannot have lost a job is taken at its word.
extension Mutant {
    static let trust = [
        Mutant("joining again makes a worker trusted", "if args[2] == '1' then redis", "if true then redis"),
        Mutant("rescue leaves the holder trusted", "if not is_nobody(holder) then distrust(stream, holder) end"),
        Mutant(
            "release leaves the worker trusted", "    if redis.call('SREM', stream .. ':intact', worker) == 1 or redis",
            "    if redis"),
        Mutant(
            "renewing jobs that are lost makes a worker trusted", "args[2] ~= '' and #lost == 0 and redis",
            "args[2] ~= '' and redis"),
        Mutant(
            "renewing makes a worker trusted that had jobs taken away",
            "if counted and tonumber(args[2]) >= tonumber(counted) then", "if args[2] ~= '' and #lost == 0 then"),
        Mutant(
            "renewing takes a trusted worker at its word",
            """
                    local held, lost = divide(stream, worker, args, 3)
                    renew(
            """,
            """
                    local held, lost = divide(stream, worker, args, 3)
                    if is_intact(stream, worker) then held, lost = {unpack(args, 3)}, {} end
                    renew(
            """),
    ]
}
