import Audit
import Foundation
import JobQueue
import Jobs
import TestSupport
import Testing

@Suite("/v1/batches and /v1/limits", .timeLimit(.minutes(1)))
struct BatchTests {
    private func open(_ token: String, _ api: TestAPI) async throws {
        try await FunctionLibrary(client: api.redis.client).ensure()
        _ = try await api.redis.client.call("FCALL", "cw_batch_open", "1", "cw:{emails}", token, "name", "Summer")
        let job = #"{"type":"test.greet","args":{"name":"A"},"batch":"emails:\#(token)"}"#
        #expect(try await api.ask("POST", "/v1/jobs", job).status == 202)
    }

    @Test func `batches are listed and shown, closed and cancelled`() async throws {
        try await TestAPI.with { api in
            try await open("b", api)
            try await open("c", api)
            let list = try await api.ask("GET", "/v1/batches?limit=5")
            #expect(list.status == 200 && list.body.matches(of: #/"id":"emails:[bc]"/#).count == 2, "\(list)")
            #expect(try await api.ask("GET", "/v1/batches?queue=default").body == "[]")
            let shown = try await api.ask("GET", "/v1/batches/emails:b").json
            #expect(shown["state"] as? String == "open" && shown["pending"] as? Int == 1)
            #expect(shown["name"] as? String == "Summer")
            let closed = try await api.ask("POST", "/v1/batches/emails:b/close", fields: "Audit-Reason: lost\r\n")
            #expect(try closed.status == 200 && closed.json["state"] as? String == "closed")
            let cancelled = try await api.ask("POST", "/v1/batches/emails:b/cancel")
            #expect(try cancelled.status == 200 && cancelled.json["cancelled"] as? Bool == true)
            let entries = try await AuditTrail(client: api.redis.client).latest(AuditFilter(), limit: 10).map(\.entry)
            #expect(entries.map(\.action) == ["batch.cancel", "batch.cancel", "batch.close", "batch.close"])
            #expect(entries.last?.target == "batch emails:b" && entries.last?.reason == "lost")
        }
    }

    @Test func `one that is not there is 404, and one that has ended cannot be cancelled`() async throws {
        try await TestAPI.with { api in
            try await FunctionLibrary(client: api.redis.client).ensure()
            for path in ["emails:none", "nope:b", "x"] {
                #expect(try await api.ask("GET", "/v1/batches/\(path)").status == 404)
                #expect(try await api.ask("POST", "/v1/batches/\(path)/close").status == 404)
                #expect(try await api.ask("POST", "/v1/batches/\(path)/cancel").status == 404)
            }
            _ = try await api.redis.client.call("FCALL", "cw_batch_open", "1", "cw:{emails}", "empty")
            #expect(try await api.ask("POST", "/v1/batches/emails:empty/close").status == 200)
            try await eventually("it has ended") {
                try await api.ask("GET", "/v1/batches/emails:empty").json["state"] as? String == "ended"
            }
            #expect(try await api.ask("POST", "/v1/batches/emails:empty/cancel").status == 409)
            #expect(try await api.ask("GET", "/v1/batches?queue=nope").status == 422)
            #expect(try await api.ask("GET", "/v1/batches?limit=0").status == 422)
        }
    }

    @Test func `limits are listed`() async throws {
        try await TestAPI.with { api in
            try await FunctionLibrary(client: api.redis.client).ensure()
            let none = try await api.ask("GET", "/v1/limits")
            #expect(none.status == 200 && none.body == "[]")
            let queue = JobQueue("emails", client: api.redis.client)
            try await queue.redefine("mail", as: Limit("mail", concurrency: 2))
            let limits = try await api.ask("GET", "/v1/limits")
            #expect(limits.status == 200, "\(limits)")
        }
    }
}
