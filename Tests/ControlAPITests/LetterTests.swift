import DeadLetters
import Foundation
import JobQueue
import Jobs
import TestSupport
import Testing

@Suite("/v1/dead", .timeLimit(.minutes(1)))
struct LetterTests {
    @Test func `letters are listed, grouped, mended and replayed`() async throws {
        try await TestAPI.with { api in
            try await bury(["a", "b", "c"], api)
            let list = try await api.ask("GET", "/v1/dead?type=test.greet&limit=2")
            #expect(list.status == 200)
            let letters = try #require(try list.json["letters"] as? [[String: Any]])
            #expect(letters.count == 2)
            #expect(try list.json["more"] as? Bool == true)
            let groups = try #require(try await api.ask("GET", "/v1/dead/groups").json["groups"] as? [[String: Any]])
            #expect(groups.map { $0["count"] as? Int } == [3])

            let shown = try await api.ask("GET", "/v1/dead/emails:a")
            #expect(try shown.json["error"] as? String == "no font")
            let dry = try await api.ask("PATCH", "/v1/dead/emails:a", #"{"args":{"name":"B"},"dry_run":true}"#)
            #expect(try dry.json["edited"] as? Bool == false)
            let edited = try await api.ask("PATCH", "/v1/dead/emails:a", #"{"args":{"name":"B"}}"#)
            #expect(try edited.json["edited"] as? Bool == true)
            let wrong = try await api.ask("PATCH", "/v1/dead/emails:a", #"{"args":{"name":7}}"#)
            #expect(wrong.status == 422)

            let count = try await api.ask("POST", "/v1/dead/replay", #"{"error":"FONT","dry_run":true}"#)
            #expect(try count.json["count"] as? Int == 3)
            #expect(try await LetterStore("emails", client: api.redis.client).count() == 3)
            let begun = try await api.ask("POST", "/v1/dead/replay", #"{"ids":["emails:a","emails:b"]}"#)
            #expect(begun.status == 202)
            try await eventually("both are jobs again") {
                try await JobQueue("emails", client: api.redis.client).statistics().ready == 2
            }
            try await eventually("the replay is done") {
                let replays = try await api.ask("GET", "/v1/replays").json["replays"] as? [[String: Any]]
                return replays?.first?["state"] as? String == "done"
            }
            let replays = try #require(try await api.ask("GET", "/v1/replays").json["replays"] as? [[String: Any]])
            #expect(replays.first?["who"] as? String == "tester (key k1)")
            #expect(try await api.ask("POST", "/v1/replays/\(begun.id)/abort").status == 409)
            #expect(try await api.ask("POST", "/v1/replays/\(begun.id)/resume").status == 409)
        }
    }

    @Test func `nothing is replayed or deleted that was not said`() async throws {
        try await TestAPI.with { api in
            try await bury(["a", "b", "c"], api)
            let store = LetterStore("emails", client: api.redis.client)
            for path in ["/v1/dead/replay", "/v1/dead/delete"] {
                #expect(try await api.ask("POST", path, "{}").status == 422)
                #expect(try await api.ask("POST", path, #"{"type":""}"#).status == 422)
                #expect(try await api.ask("POST", path, #"{"typ":"test.greet"}"#).status == 422)
                #expect(try await api.ask("POST", path, #"{"ids":["emails:a","emails:zzz"]}"#).status == 404)
                #expect(try await api.ask("POST", path, #"{"queues":["nope"]}"#).status == 422)
                #expect(try await api.ask("POST", path, #"{"all":true,"rate":"fast"}"#).status == 422)
                #expect(try await store.count() == 3)
            }
            let one = try await api.ask("DELETE", "/v1/dead/emails:a")
            #expect(try one.json["deleted"] as? Int == 1)
            #expect(try await api.ask("DELETE", "/v1/dead/emails:a").status == 404)
            let rest = try await api.ask("POST", "/v1/dead/delete", #"{"all":true}"#)
            #expect(try rest.json["deleted"] as? Int == 2)
            #expect(try await store.count() == 0)
        }
    }

    @Test(arguments: [
        "limit=0", "limit=1000000000", "limit=x", "attempts=..", "after=1e308", "queue=nope", "field=x", "type=",
    ])
    func `a query that makes no sense is refused`(query: String) async throws {
        try await TestAPI.with { api in
            let answer = try await api.ask("GET", "/v1/dead?\(query)")
            #expect(answer.status == 422)
        }
    }

    private func bury(_ tokens: [String], _ api: TestAPI) async throws {
        let (queue, worker) = (JobQueue("emails", client: api.redis.client), WorkerID(host: "ada", process: 1))
        try await FunctionLibrary(client: api.redis.client).ensure()
        try await queue.join(worker)
        for token in tokens {
            _ = try await api.redis.client.call(
                "XADD", queue.keys.stream, "*", "type", "test.greet", "args", #"{"name":"A"}"#, "id", token)
        }
        let claimer = JobClaimer(queues: ["emails"], worker: worker, client: api.redis.client)
        for claim in try await claimer.claim(from: 0, lane: .ordinary, count: 100) {
            _ = try await queue.bury(claim.job, reason: .buried, error: ErrorReport("no font"), by: worker)
        }
        let count = try await LetterStore("emails", client: api.redis.client).count()
        try #require(count == tokens.count)
    }
}
