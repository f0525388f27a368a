internal import Jobs

/// Something a worker does again and again beside running jobs.
struct Duty: Sendable {
    enum Work: Sendable {
        case renewLeases, enforceDeadlines, promote, rescue, forgetWorkers
    }

    let work: Work
    let interval: Duration

    static func all(_ options: WorkerOptions) -> [Duty] {
        [
            Duty(work: .renewLeases, interval: options.renewEvery),
            Duty(work: .enforceDeadlines, interval: .milliseconds(250)),
            Duty(work: .promote, interval: options.rescueEvery),
            Duty(work: .rescue, interval: options.rescueEvery),
            Duty(work: .forgetWorkers, interval: .seconds(60)),
        ]
    }
}
