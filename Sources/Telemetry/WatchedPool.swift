package import Jobs

/// What is said of a pool that is watched.
package struct WatchedPool: Sendable {
    package let name: String
    package let queues: [QueueName]
    package let rule: ScalingRule

    package init(name: String, queues: [QueueName], rule: ScalingRule) {
        self.name = name
        self.queues = queues
        self.rule = rule
    }
}
