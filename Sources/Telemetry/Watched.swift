package import Jobs
package import Schedules

/// What is looked at: the names that labels may have. Others that Redis knows are counted as `other`.
package struct Watched: Sendable {
    package let version: String
    package let queues: [QueueName]
    /// In the order of their names.
    package let pools: [WatchedPool]
    package let schedules: [Schedule]

    package init(version: String, queues: [QueueName], pools: [WatchedPool], schedules: [Schedule] = []) {
        self.version = version
        self.queues = queues
        self.pools = pools
        self.schedules = schedules
    }
}
