internal import JobQueue
package import RedisClient
package import Schedules

/// Asks Redis about a number of schedules.
package struct ScheduleOverview: Sendable {
    private let schedules: [Schedule]
    private let client: RedisClient

    package init(schedules: [Schedule], client: RedisClient) { (self.schedules, self.client) = (schedules, client) }

    /// By their names.
    package func rows() async throws(RedisError) -> [String: ScheduleReport] {
        var rows: [String: ScheduleReport] = [:]
        for queue in Set(schedules.map(\.queue)) {
            let schedules = schedules.filter { $0.queue == queue }
            let (now, statuses) = try await JobQueue(queue, client: client).statuses(
                ofSchedules: schedules.map(\.name))
            for (schedule, status) in zip(schedules, statuses) {
                rows[schedule.name] = ScheduleReport(schedule, status, now: now)
            }
        }
        return rows
    }
}
