public import RedisClient

extension JobQueue {
    /// What is wrong with the jobs that come after this one; nil when nothing is. `cw_enqueue` stores only what is right; a
    /// plain `XADD` may have written anything.
    public func mistake(inLinksOf job: ClaimedJob) async throws(RedisError) -> String? {
        let mistake = try await call("cw_check_links", String(decoding: job.entry, as: UTF8.self)).string ?? ""
        return mistake.isEmpty ? nil : "\(mistake); the job was not run."
    }
}
