/// Ended jobs go from the front of a lane, and nothing else does.
extension Mutant {
    public static let trimming = [
        Mutant(
            "what was taken out of the group by hand is trimmed too",
            "if redis.call('XLEN', lane) ~= group.pending + group.undelivered + ended then return 0 end"),
        Mutant(
            "what others hold is trimmed too", "if group.pending == 0 then return redis", "if true then return redis"),
        Mutant(
            "what was not trimmed stays", "if trimmed > 0 then left, step = left - trimmed",
            "if true then left, step = 0"),
    ]

    /// No mistake: the batches of interleavings are small, and this has them trimmed like large ones.
    public static let eagerTrimming = Mutant(
        "every batch is trimmed", "local WORTH_TRIMMING = 16", "local WORTH_TRIMMING = 1")
}
