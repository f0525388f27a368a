public import Jobs
public import RedisClient
internal import Sealing

/// Which keys payloads are sealed with, and where.
public struct KeyUsage: Sendable {
    public private(set) var sealed: [String: [StoredJob.Place: Int]] = [:]
    /// Of types that are to be sealed.
    public private(set) var clear: [StoredJob.Place: Int] = [:]

    /// - Parameter most: jobs of each queue and place that are looked at; nil looks at all.
    public static func of(
        _ queues: [QueueName], client: RedisClient, atMost most: Int? = nil
    ) async throws -> KeyUsage {
        var usage = KeyUsage()
        for queue in queues {
            let scan = JobScan(queue, client: client)
            let vault = scan.queue.vault
            try await scan.each(atMost: most) { job in
                if let id = PayloadVault.keyID(of: job.args) {
                    usage.sealed[id, default: [:]][job.place, default: 0] += 1
                } else if vault.seals(job.type) {
                    usage.clear[job.place, default: 0] += 1
                }
            }
        }
        return usage
    }
}
