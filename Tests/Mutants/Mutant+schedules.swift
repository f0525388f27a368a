/// Which fire times become jobs. The interleavings have no schedules; `ScheduleRuleTests` catch these.
extension Mutant {
    public static let schedules = [
        Mutant("a fire time becomes a job again and again", "if time > bound then", "if true then"),
        Mutant("a fire time that has not come becomes a job", "if time > now then break end"),
        Mutant("a paused schedule fires", "if not paused then", "if true then"),
        Mutant("a paused schedule settles nothing", "bound, settled = time, time", "bound = time"),
        Mutant(
            "what passed in a pause is made up",
            "redis.call('HSET', hash, args[1] .. ':through', digits(math.max(settled, now_ms())))"),
        Mutant(
            "a schedule begins before it was there", "local bound = math.max(settled, since)", "local bound = settled"),
        Mutant("a forgotten schedule makes up for months", "or now - seen > FORGET_SCHEDULE_MS then", "then"),
    ]
}
