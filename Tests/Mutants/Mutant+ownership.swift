/// A worker that lost a job changes nothing.
extension Mutant {
    static let ownership = [
        Mutant(
            "retry asks nobody who holds the job",
            """
                    local job = held_job(stream, worker, entry)
                    if not job then return 0 end
                    if args[4]
            """,
            """
                    local job = held_job(stream, worker, entry) or read_job(stream, entry)
                    if not job then return 0 end
                    if args[4]
            """),
        Mutant(
            "bury asks nobody who holds the job",
            """
                    local job = held_job(stream, worker, entry)
                    if not job then return 0 end
                    bury_entry
            """,
            """
                    local job = held_job(stream, worker, entry) or read_job(stream, entry)
                    if not job then return 0 end
                    bury_entry
            """),
        Mutant(
            "complete asks nobody who holds the jobs",
            """
                    if is_intact(stream, worker) then
                        if #args
            """,
            """
                    if true then
                        if #args
            """),
        Mutant(
            "finish asks nobody who holds the job",
            """
                    if not deliveries(stream, worker, entry) then return 0 end
                    local job = read_job(stream, entry)
                    if not job then
                        remove_entries
            """,
            """
                    local job = read_job(stream, entry)
                    if not job then
                        remove_entries
            """),
        Mutant(
            "progress asks nobody who holds the job",
            """
                    if not deliveries(stream, worker, entry) then return 0 end
                    local job = read_job(stream, entry)
                    if job then track
            """,
            """
                    local job = read_job(stream, entry)
                    if job then track
            """),
        Mutant(
            "renew asks nobody who holds the jobs",
            """
                    local held, lost = divide(stream, worker, args, 3)
                    renew(
            """,
            """
                    local held, lost = {unpack(args, 3)}, {}
                    renew(
            """),
        Mutant(
            "release asks nobody who holds the jobs",
            "local delivered = deliveries(stream, worker, args[index])",
            """
            local holding = pending_of(stream, args[index])
                        local delivered = holding and holding[4]
            """),
        Mutant(
            "a checkpoint asks nobody who holds the job",
            """
                    if not deliveries(stream, worker, entry) then return 0 end
                    local job = read_job(stream, entry)
                    if not job then return 0 end
            """,
            """
                    local job = read_job(stream, entry)
                    if not job then return 0 end
            """),
    ]
}
