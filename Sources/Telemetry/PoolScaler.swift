internal import Jobs
package import Platform

/// The processes of a pool that one supervisor keeps, by the pool's rule. It grows at once, and shrinks by one a minute
/// while less is needed, so that it does not swing.
package struct PoolScaler: Sendable {
    private static let calm = Duration.seconds(60)

    private let rule: ScalingRule
    package private(set) var processes: Int
    /// Since when fewer would do.
    private var calmSince: MonotonicTime?

    package init(_ rule: ScalingRule) {
        self.rule = rule
        processes = rule.least
    }

    /// - Parameter sight: of the whole pool, which may have workers of other supervisors.
    package mutating func note(_ sight: ScalingRule.Sight, at now: MonotonicTime) {
        let wanted = rule.workersWanted(sight.share(of: processes))
        guard wanted < processes else {
            calmSince = nil
            return processes = wanted
        }
        let since = calmSince ?? now
        calmSince = since
        guard now.since(since) >= Self.calm else { return }
        processes -= 1
        calmSince = now
    }
}

extension ScalingRule.Sight {
    /// What so many of the pool's workers have to do with it.
    fileprivate func share(of own: Int) -> Self {
        let all = max(workers, own)
        var share = self
        share.workers = own
        share.slots = slots * own / max(1, workers)
        share.busySlots = busySlots * own / all
        share.ready = (ready * own + all - 1) / all
        return share
    }
}
