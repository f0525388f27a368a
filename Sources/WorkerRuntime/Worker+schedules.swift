internal import JobQueue
internal import Jobs
internal import Logging
internal import Platform
internal import RedisClient
internal import Schedules

/// Every worker fires the schedules of its queues; Redis sees to it that each fire time becomes one job.
extension Worker {
    /// A machine that was suspended, or a Redis whose clock was set, makes fire times come sooner than expected.
    private static let lookEvery = Duration.seconds(60)

    /// Fires what is due. Between two fire times Redis hears nothing of schedules, but for a word in an hour.
    /// - Returns: how long nothing is due.
    func fireSchedules() async throws(RedisError) -> Duration {
        var wait = WatchedSchedule.askEvery
        var failure: RedisError?
        for index in schedules.indices where !Task.isCancelled {
            do throws(RedisError) { wait = min(wait, try await fireDue(index)) } catch { failure = failure ?? error }
        }
        if let failure { throw failure }
        return min(max(wait, .milliseconds(1)), Self.lookEvery)
    }

    private func fireDue(_ index: Int) async throws(RedisError) -> Duration {
        let queue = schedules[index].queue
        guard broken[queue] == nil else { return .seconds(10) }
        do throws(RedisError) {
            var watched = schedules[index]
            defer { schedules[index] = watched }
            try await fire(&watched)
            return watched.next.map { .milliseconds($0.milliseconds - clock.milliseconds) } ?? WatchedSchedule.askEvery
        } catch {
            guard error.code == .wrongType else { throw error }
            quarantine(queue)
            return .seconds(10)
        }
    }

    private func fire(_ watched: inout WatchedSchedule) async throws(RedisError) {
        if watched.isUnsure(at: .now) { try await tell(&watched) }
        guard let due = watched.due(at: UnixTime(milliseconds: clock.milliseconds)) else { return }
        // With room for others between the calls.
        let size = JobQueue.fireTimesACall
        for first in stride(from: 0, to: max(1, due.times.count), by: size) where !Task.isCancelled {
            let part = due.times[first..<min(due.times.count, first + size)]
            try await tell(&watched, of: part, settling: part.endIndex == due.times.count ? due.last : nil)
        }
    }

    private func tell(
        _ watched: inout WatchedSchedule, of times: ArraySlice<UnixTime> = [], settling settled: UnixTime? = nil
    ) async throws(RedisError) {
        let schedule = watched.schedule
        let state = try await queues[watched.queue].fire(
            schedule, at: times, settling: settled, inSightSince: watched.settled)
        clock.set(state.now)
        watched.note(state)
        for job in state.jobs {
            logger.info("A schedule fired", [("schedule", .string(schedule.name)), ("job", .string("\(job)"))])
        }
    }
}
