internal import JobQueue
internal import Jobs

/// What Redis said.
struct RedisSight: Sendable {
    /// Whether it answered all.
    var isUp = false
    /// By its clock, in ms since 1970.
    var now: Int?
    var memory: Int?
    var memoryLimit: Int?
    var queues: [QueueName: QueueStatistics] = [:]
    var counts: [QueueName: [String: JobCounts]] = [:]
    var workers: [WorkerRegistry.Entry]?
    var counters: [String: Int] = [:]
    var duties: [String: Int] = [:]
    /// By user; nil where we may not ask.
    var denials: [String: Int]?
    var schedules: [QueueName: [String: JobQueue.ScheduleProgress]] = [:]
}
