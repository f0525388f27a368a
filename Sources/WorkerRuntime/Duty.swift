internal import JobQueue
internal import Jobs

/// Something a worker does again and again beside running jobs.
struct Duty: Sendable {
    enum Work: String, Sendable, CustomStringConvertible {
        case renewLeases = "renew leases"
        case enforceCancellations = "enforce cancellations"
        case promote, rescue
        case heedControls = "heed what people ask"
        case checkLibrary = "check the functions"
        case forgetWorkers = "forget workers"
        case announce = "say that it lives"
        case fireSchedules = "fire schedules"
        case expireDeadLetters = "delete old dead letters"

        var description: String { rawValue }

        /// What metrics call it.
        var label: String {
            switch self {
            case .renewLeases: "renew_leases"
            case .enforceCancellations: "enforce_cancellations"
            case .promote: "promote"
            case .rescue: "rescue"
            case .heedControls: "heed_controls"
            case .checkLibrary: "check_functions"
            case .forgetWorkers: "forget_workers"
            case .announce: "announce"
            case .fireSchedules: "fire_schedules"
            case .expireDeadLetters: "expire_dead_letters"
            }
        }
    }

    let work: Work
    let interval: Duration
    /// Done at once and then exactly when it says, and at the latest after its interval; others keep to the worker's beat.
    var isPunctual = false

    var firstWait: Duration { isPunctual ? .zero : interval }
    var waitAfterFailure: Duration { isPunctual ? min(interval, .seconds(1)) : interval }

    static func all(_ options: WorkerOptions) -> [Duty] {
        let own = [
            Duty(work: .renewLeases, interval: options.renewEvery),
            Duty(work: .enforceCancellations, interval: .milliseconds(500)),
            Duty(work: .checkLibrary, interval: .seconds(1)),
            Duty(work: .heedControls, interval: .seconds(1)),
            Duty(work: .announce, interval: WorkerRegistry.reportEvery),
        ]
        if options.isSolo { return own }
        return own + [
            Duty(work: .promote, interval: options.rescueEvery),
            Duty(work: .rescue, interval: options.rescueEvery),
            Duty(work: .forgetWorkers, interval: .seconds(60)),
        ] + (options.schedules.isEmpty ? [] : [schedules])
            + (options.keepDeadLettersFor == nil
                ? [] : [Duty(work: .expireDeadLetters, interval: options.rescueEvery * 10)])
    }

    private static let schedules = Duty(work: .fireSchedules, interval: WatchedSchedule.askEvery, isPunctual: true)
}
