internal import JobQueue
internal import Jobs
internal import Platform
internal import RedisClient

/// From the tally to Redis.
extension Worker {
    /// A clock that is set by a slow answer would be wrong by as much.
    private static let promptAnswer = Duration.milliseconds(100)

    /// Adds what was counted here to what all workers have counted. What Redis may have added though no answer came is not
    /// told again: a counter may lack seconds of a worker, and never counts a job twice.
    func tellCounts() async {
        let increments = tally.take()
        let begun = MonotonicTime.now
        do throws(RedisError) {
            let receipt = try await CounterStore(client: client).add(increments, duties: lastSuccesses)
            let roundTrip = MonotonicTime.now.since(begun)
            tally.count(roundTrip: roundTrip)
            tally.putBack(receipt.refused)
            if roundTrip < Self.promptAnswer { clock.set(receipt.now) }
        } catch {
            if !error.mayHaveExecuted { tally.putBack(increments) }
            // The report beside it tells of trouble.
            logger.debug("What was counted could not be told: \(error.message)")
        }
    }

    private var lastSuccesses: [String: Int] {
        Dictionary(uniqueKeysWithValues: dutySuccesses.map { ($0.key.label, clock.milliseconds(at: $0.value)) })
    }
}
