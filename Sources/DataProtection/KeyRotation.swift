internal import DeadLetters
internal import JobQueue
public import Jobs
public import RedisClient
public import Sealing

/// Seals what waits and what is dead with the first key. What is ready is left to the workers: entries of a stream are not
/// rewritten.
public struct KeyRotation: Sendable {
    private let vault: PayloadVault
    private let client: RedisClient
    private let isDryRun: Bool
    /// Jobs that were sealed anew.
    public private(set) var sealed = 0
    /// Jobs of which something could not be opened.
    public private(set) var unreadable = 0

    public init(vault: PayloadVault, client: RedisClient, isDryRun: Bool) {
        (self.vault, self.client, self.isDryRun) = (vault, client, isDryRun)
    }

    /// Safe beside workers and people: a job that changed since it was read stays as it is by now.
    public mutating func rotate(_ queue: QueueName) async throws {
        let scan = JobScan(queue, client: client)
        var (sealed, unreadable) = (0, 0)
        let (vault, isDryRun) = (vault, isDryRun)
        try await scan.each(in: [.later, .blocked, .dead]) { job in
            let fields: LetterFields
            do throws(SealFailure) { fields = try ResealedFields(vault).of(job) } catch {
                unreadable += 1
                return
            }
            guard fields != job.fields else { return }
            if isDryRun {
                sealed += 1
            } else if try await scan.queue.swap(job, for: fields) {
                sealed += 1
            }
        }
        if !isDryRun { try await rotateGroups(scan) }
        self.sealed += sealed
        self.unreadable += unreadable
    }

    /// A group keeps the error of its first letter; one that cannot be opened stays, and goes with the group.
    private func rotateGroups(_ scan: JobScan) async throws {
        try await scan.eachGroup { group in
            guard let message = group.fields.text("message"),
                let resealed = try? vault.resealed(message, of: group.type), resealed != message
            else { return }
            _ = try await scan.queue.swap(
                group, for: group.fields.setting("message", Array(resealed.utf8)), in: "groups")
        }
    }
}
