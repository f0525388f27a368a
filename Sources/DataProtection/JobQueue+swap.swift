internal import DeadLetters
internal import JobQueue
internal import RedisClient

extension JobQueue {
    /// Gives a job that waits, or is dead, other fields, if it is still as it was read.
    /// - Parameter place: as `cw_swap` calls it; by default the job's.
    /// - Returns: false when it changed meanwhile, or is gone.
    func swap(
        _ job: StoredJob, for fields: LetterFields, in place: String? = nil
    ) async throws(RedisError) -> Bool {
        var pipeline = RedisPipeline()
        begin("cw_swap", arguments: 4, in: &pipeline)
        pipeline.append(place ?? job.place.rawValue)
        pipeline.append(job.member)
        pipeline.append(job.packed)
        pipeline.append(fields.packed)
        return try await library.send(pipeline).integer == 1
    }
}
