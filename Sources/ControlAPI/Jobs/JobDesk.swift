internal import HTTPServer
internal import JobQueue
package import Jobs
package import Outbox
package import Platform
package import RedisClient
internal import Sealing

/// Where jobs are handed in, asked after and called off.
package final class JobDesk: Sendable {
    let redis: RedisClient
    /// Nil where there is no database.
    let outbox: Outbox?
    let registry: JobRegistry
    let queues: [QueueName]
    /// The largest payload, in bytes.
    let argsBytes: Int
    let audit: AuditDesk
    let loop: EventLoop
    /// What seals and opens payloads.
    let vault: PayloadVault

    package init(
        redis: RedisClient, outbox: Outbox?, registry: JobRegistry, queues: [QueueName], argsBytes: Int,
        audit: AuditDesk, loop: EventLoop
    ) {
        (self.redis, self.outbox, self.registry) = (redis, outbox, registry)
        (self.queues, self.argsBytes, self.audit, self.loop) = (queues, argsBytes, audit, loop)
        vault = JobQueue(.default, client: redis).vault
    }

    /// Nil where nobody traces: then jobs carry on what their producers sent.
    func span(for request: HTTPRequest) -> EnqueueSpan? { request.span.map { EnqueueSpan(below: $0) } }

    func queue(_ name: QueueName) -> JobQueue { JobQueue(name, client: redis) }

    /// - Throws: ``Refusal`` for an id that can be none.
    func id(_ text: String) throws(Refusal) -> JobID {
        guard let id = JobID(text), queues.contains(id.queue) else {
            throw .unknown("There is no such job: it has ended and was not tracked, or there never was one.")
        }
        return id
    }
}
