internal import JobQueue
internal import Jobs

/// Something a relay does now and then beside moving rows.
struct RelayDuty: Sendable {
    enum Work: Sendable {
        case reconcile, deleteOld, forgetEffects, checkLibrary, checkQueues, tellCounts

        /// What metrics call it.
        var label: String {
            switch self {
            case .reconcile: "relay_reconcile"
            case .deleteOld: "relay_delete_old"
            case .forgetEffects: "relay_forget_effects"
            case .checkLibrary: "relay_check_functions"
            case .checkQueues: "relay_check_queues"
            case .tellCounts: "relay_tell_counts"
            }
        }
    }

    let work: Work
    let interval: Duration

    static func all(_ options: OutboxOptions) -> [RelayDuty] {
        [
            RelayDuty(work: .reconcile, interval: min(.seconds(5), options.checkAfter / 2)),
            RelayDuty(work: .deleteOld, interval: min(.seconds(60), options.retention)),
            RelayDuty(work: .forgetEffects, interval: .seconds(3600)),
            RelayDuty(work: .checkLibrary, interval: .seconds(1)),
            RelayDuty(work: .checkQueues, interval: .seconds(60)),
            RelayDuty(work: .tellCounts, interval: WorkerRegistry.reportEvery),
        ]
    }
}
