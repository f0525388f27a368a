/// How many worker processes a pool should have: by how long its oldest job waits, not by how many wait.
///
/// A million short jobs may be done in seconds, and three long ones keep a person waiting: only the wait tells.
package struct ScalingRule: Sendable, Equatable {
    /// What the rule sees of a pool.
    package struct Sight: Sendable, Equatable {
        package var workers = 0
        package var slots = 0
        package var busySlots = 0
        package var ready = 0
        /// How long the oldest of them has waited.
        package var wait = Duration.zero

        package init() {}
    }

    package var least: Int
    package var most: Int
    /// A pool whose oldest job waits longer grows; one whose jobs wait less than a quarter of it may shrink.
    package var target: Duration

    package init(least: Int, most: Int, target: Duration) {
        self.least = least
        self.most = max(least, most)
        self.target = target
    }

    /// Grows by half, and shrinks one by one to what the work needs: a wait that is too long hurts more than a process that
    /// is too many.
    package func workersWanted(_ sight: Sight) -> Int { min(most, max(least, unbounded(sight))) }

    private func unbounded(_ sight: Sight) -> Int {
        guard sight.workers > 0 else { return sight.ready > 0 ? 1 : 0 }
        if sight.wait > target { return sight.workers + max(1, sight.workers / 2) }
        guard sight.wait < target / 4 else { return sight.workers }
        return min(sight.workers, max(needed(sight), sight.workers - 1))
    }

    /// Workers whose slots hold what runs and what is ready.
    private func needed(_ sight: Sight) -> Int {
        let slotsAWorker = max(1, sight.slots / sight.workers)
        return (sight.busySlots + sight.ready + slotsAWorker - 1) / slotsAWorker
    }
}
