import Jobs

extension Stage {
    /// The fleet's configuration; times are short, and the bars scale with them.
    struct Setting: Sendable {
        var lease = Duration.seconds(1)
        var processes = 2
        var slots = 8
        var drain = Duration.seconds(2)
        var queues = ["default"]
        /// As they stand in the configuration.
        var policies = "{}"
        /// The sections of the domains, likewise.
        var workers = "{}"
        /// Of one job, before it is parked.
        var crashes = 3

        var renewEvery: Duration { lease / 5 }
        var tick: Duration { min(lease / 10, .milliseconds(200)) }

        var json5: String {
            let queues = queues.map { "\"\($0)\"" }.joined(separator: ", ")
            return """
                {
                    queues: [\(queues)],
                    outbox: { pollEvery: "100ms", checkAfter: "\(lease.milliseconds)ms",
                              checkAtLeastEvery: "\(lease.milliseconds)ms" },
                    lease: { duration: "\(lease.milliseconds)ms", renewEvery: "\(renewEvery.milliseconds)ms",
                             rescueEvery: "\(tick.milliseconds)ms" },
                    pools: { main: { queues: [\(queues)], slots: \(slots), processes: \(processes),
                                     drain: "\(drain.milliseconds)ms" } },
                    policies: \(policies),
                    workers: \(workers),
                    tolerance: { crashes: \(crashes) },
                }
                """
        }
    }
}
