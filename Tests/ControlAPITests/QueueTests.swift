import Foundation
import JobQueue
import Jobs
import TestSupport
import Testing

@Suite("/v1/queues and /v1/workers", .timeLimit(.minutes(1)))
struct QueueTests {
    @Test func `queues are shown, paused and resumed`() async throws {
        try await TestAPI.with { api in
            let all = try await api.ask("GET", "/v1/queues")
            #expect(all.status == 200)
            #expect(try all.json.keys.sorted() == ["default", "emails"])
            for (verb, isPaused) in [("pause", true), ("resume", false)] {
                let first = try await api.ask("POST", "/v1/queues/emails/\(verb)")
                #expect(try first.json["changed"] as? Bool == true)
                let second = try await api.ask("POST", "/v1/queues/emails/\(verb)")
                #expect(try second.json["changed"] as? Bool == false)
                let shown = try await api.ask("GET", "/v1/queues/emails")
                #expect(try shown.json["paused"] as? Bool == isPaused)
            }
            let type = try await api.ask("POST", "/v1/queues/emails/pause", #"{"type":"test.greet"}"#)
            #expect(try type.json["type"] as? String == "test.greet")
            let shown = try await api.ask("GET", "/v1/queues/emails")
            #expect(try shown.json["paused_types"] as? [String] == ["test.greet"])
            #expect(try await api.ask("POST", "/v1/queues/emails/pause", #"{"type":"no.such"}"#).status == 422)
            #expect(try await api.ask("POST", "/v1/queues/nope/pause").status == 404)
            #expect(try await api.ask("GET", "/v1/queues/nope").status == 404)
        }
    }

    @Test func `workers are listed`() async throws {
        try await TestAPI.with { api in
            let answer = try await api.ask("GET", "/v1/workers")
            #expect(answer.status == 200)
            #expect(answer.body == "[]")
        }
    }

    @Test func `a Redis that is away is 503, with when to ask again, and no job is taken`() async throws {
        try await withPrivateRedis { redis in
            try await TestAPI.with(redis) { api in
                await redis.kill()
                for (method, path, body) in [
                    ("POST", "/v1/jobs", #"{"type":"test.greet","args":{"name":"A"}}"#), ("GET", "/v1/queues", ""),
                    ("GET", "/v1/jobs/emails:x", ""), ("GET", "/v1/dead", ""),
                ] {
                    let answer = try await api.ask(method, path, body)
                    #expect(answer.status == 503, "\(path)")
                    #expect(answer["retry-after"] == "1")
                }
                let body = #"[{"type":"test.greet","args":{"name":"A"}}]"#
                #expect(try await api.ask("POST", "/v1/jobs", body).status == 503)
            }
        }
    }
}
