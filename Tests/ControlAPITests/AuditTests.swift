import Audit
import Foundation
import JobQueue
import Jobs
import TestSupport
import Testing

@Suite("The audit trail behind the API", .timeLimit(.minutes(1)))
struct AuditTests {
    @Test func `every change is in it, with who made it and why`() async throws {
        try await TestAPI.with { api in
            _ = try await api.ask("POST", "/v1/queues/emails/pause", fields: "Audit-Reason: provider is down\r\n")
            _ = try await api.ask("GET", "/v1/queues")
            let entries = try await AuditTrail(client: api.redis.client).latest(AuditFilter(), limit: 10).map(\.entry)
            #expect(entries.map(\.action) == ["queue.pause", "queue.pause"])
            #expect(entries.map(\.phase) == [.done, .begun])
            #expect(entries.last?.actor.name == "tester")
            #expect(entries.last?.actor.address == "127.0.0.1")
            #expect(entries.last?.target == "emails")
            #expect(entries.last?.reason == "provider is down")
            let listed = try await api.ask("GET", "/v1/audit?action=queue&limit=1")
            #expect(listed.status == 200)
            #expect(listed.body.contains(#""action":"queue.pause""#))
            #expect(try await api.ask("GET", "/v1/audit?limit=0").status == 422)
        }
    }

    @Test func `nothing is changed whose entry cannot be written`() async throws {
        try await TestAPI.with { api in
            _ = try await api.redis.client.call("SET", "coursework:audit", "no trail")
            let answer = try await api.ask("POST", "/v1/queues/emails/pause")
            #expect(answer.status == 503)
            let queue = try await JobQueue("emails", client: api.redis.client).statistics()
            #expect(!queue.isPaused)
        }
    }
}
