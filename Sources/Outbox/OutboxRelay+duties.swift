internal import JobQueue
internal import Logging
internal import Platform
internal import RedisClient

/// What goes on beside the moving.
extension OutboxRelay {
    /// Jobs named in one line of the log.
    private static let namedAtOnce = 20

    func perform(_ duty: RelayDuty) async {
        while !Task.isCancelled {
            do {
                try await once(duty.work)
                counts.note(duty.work)
            } catch let error as IncompatibleLibrary {
                // What the functions mean now is not known here: it ends.
                return _ = note(error)
            } catch {
                // The moving tells of outages; here the next tick tries again.
                logger.debug("\(duty.work) failed: \(error)")
            }
            await loop.sleep(for: duty.interval * Double.random(in: 0.9...1.1))
        }
    }

    private func once(_ work: RelayDuty.Work) async throws {
        switch work {
        case .reconcile: if Protection.reconciler.isOn { try await reconcile() }
        case .deleteOld: while try await reconciler.deleteOld(), !Task.isCancelled {}
        case .forgetEffects: try await forgetEffects()
        case .checkLibrary: try await checkLibrary()
        case .checkQueues: try await checkQueues()
        case .tellCounts: await tellCounts()
        }
    }

    /// Until no row is due.
    private func reconcile() async throws {
        while !Task.isCancelled {
            let look = try await reconciler.look()
            tell(look)
            if look.count < OutboxReconciler.rowsALook { return }
        }
    }

    private func tell(_ look: OutboxReconciler.Look) {
        guard !look.lost.isEmpty else { return }
        let named = look.lost.prefix(Self.namedAtOnce).map(\.description).joined(separator: " ")
        logger.warning(
            "Redis had lost jobs of the outbox; they are enqueued again",
            [("jobs", .integer(look.lost.count)), ("first", .string(named))])
        wake()
    }
}
