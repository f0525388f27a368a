/// Only a worker that cannot have lost a job is taken at its word.
extension Mutant {
    static let trust = [
        Mutant("joining again makes a worker trusted", "if args[2] == '1' then redis", "if true then redis"),
        Mutant("rescue leaves the holder trusted", "if not is_nobody(holder) then distrust(stream, holder) end"),
        Mutant(
            "release leaves the worker trusted",
            """
                        if redis.call('SREM', stream .. ':intact', worker) == 1 then
                            redis.call('SADD', stream .. ':unsure', worker)
                        end
            """),
        Mutant(
            "renewing jobs that are lost makes a worker trusted", "if args[2] == '1' and #lost == 0",
            "if args[2] == '1'"),
        Mutant(
            "renewing makes a worker trusted that had jobs taken away",
            "and redis.call('SREM', stream .. ':unsure', worker) == 1 then", "then"),
        Mutant(
            "renewing takes a trusted worker at its word",
            """
                    local held, lost = divide(stream, worker, args, 3)
                    if #held > 0 then
                        held[
            """,
            """
                    local held, lost = divide(stream, worker, args, 3)
                    if is_intact(stream, worker) then held, lost = {unpack(args, 3)}, {} end
                    if #held > 0 then
                        held[
            """),
    ]
}
