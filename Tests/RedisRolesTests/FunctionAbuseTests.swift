import Foundation
import JobQueue
import Platform
import RedisClient
import RedisRoles
import TestSupport
import Testing

/// S-09: a producer that calls the functions itself, and means no good.
@Suite("a producer that abuses the functions")
struct FunctionAbuseTests {
    /// In every hostile text; no answer may repeat it.
    private static let mark = "qzx9-mark"
    private static let injection = "\(mark)\r\n+OK\r\n$3\r\nfoo\r\n"
    private static let payload = #"{"to":"\#(mark)"}"#

    private static let job: [String] = ["cw_enqueue", "1", "cw:{emails}", "email.send", payload]

    /// No number of milliseconds.
    private static let numbers: [String] = [
        "-1", "9223372036854775808", "1e308", "0x10", "nan", "1.5", "", " 1", "-9223372036854775808",
    ]
    /// No id.
    private static let ids: [String] = [
        injection, "", String(repeating: "x", count: 65), "a b", "a/../b", "\u{0}", "ü", "a:b", "}{",
    ]

    /// What is refused by our functions.
    private static var refused: [[String]] {
        var calls: [[String]] = []
        for option in ["delay", "at", "expire", "key_ttl", "unique_ttl", "track"] {
            for number in numbers { calls.append(job + [option, number]) }
        }
        for option in ["expire", "key_ttl", "unique_ttl", "track"] { calls.append(job + [option, "0"]) }
        for id in ids {
            calls.append(job + ["id", id])
            calls.append(job + ["batch", id])
            calls.append(["cw_batch_open", "1", "cw:{emails}", id])
            calls.append(["cw_batch_close", "1", "cw:{emails}", id])
            calls.append(["cw_batch_add", "1", "cw:{emails}", id, "2", "a.b", "{}"])
        }
        let long = String(repeating: "x", count: 257)
        let options: [[String]] = [
            [injection, "1"], ["delay"], ["delay", "1", "at", "1"], ["unique", ""], ["unique", long],
            ["unique", "a", "unique_mode", injection], ["trace", long], ["then", injection],
            ["then", String(repeating: "[", count: 100_000)], ["attempt", "0"], ["fields", "1"], ["callback", "x"],
        ]
        for option in options { calls.append(job + option) }
        calls.append(["cw_enqueue", "1", "cw:{emails}", injection, "{}"])
        calls.append(["cw_enqueue", "1", "cw:{emails}"])
        calls.append(["cw_enqueue", "1", "cw:{emails}", "a.b"])
        calls.append(["cw_enqueue", "1", "cw:{emails}", "a..b", "{}"])
        return calls
    }

    /// The queues, keys and functions of others, which Redis denies.
    private static var denied: [[String]] {
        let keys: [String] = [
            "cw:{grades}", "cw:{emails}:dead:\(mark)", "cw:{emails}\(injection)", "coursework:audit",
            "session:\(injection)",
        ]
        let others: [[String]] = [
            ["cw_bury", "1", "cw:{emails}", "worker", "1-1", "reason", mark],
            ["cw_pause", "1", "cw:{emails}", "queue"],
            ["cw_dead_page", "1", "cw:{emails}", "", "0", "-inf", "+inf", "10"],
            ["cw_audit", "1", "coursework:audit", "0", "1", "x", "1", mark],
        ]
        return keys.map { ["cw_enqueue", "1", $0, "email.send", payload] } + others
    }

    @Test func `is refused by a code, gets back nothing of its own, and changes nothing`() async throws {
        try await withTenant { redis, web in
            let before = try await digest(redis)
            let calls =
                Self.refused.map { (words: $0, code: RedisError.Code.refused) }
                + Self.denied.map { (words: $0, code: RedisError.Code.permission) }
            for (words, code) in calls {
                let error = try #require(try await fcall(words, web), "\(words)")
                #expect(error.code == code, "\(words): \(error)")
                #expect(!error.message.contains(Self.mark), "\(words): \(error)")
                #expect(!error.message.contains("\r") && !error.message.contains("\n"))
            }
            let after = try await digest(redis)
            #expect(after == before)
            // The stream of answers is where it was.
            let pong = try await web.call("PING").string
            #expect(pong == "PONG")
        }
    }

    @Test func `a key that somebody spoiled is told without its name`() async throws {
        try await withClosedRedis { redis in
            try await FunctionLibrary(client: redis.inspector).ensure()
            let key = "cw:{\(Self.injection)}"
            _ = try await redis.inspector.call("SET", key, "x")
            let error = try #require(
                try await fcall(["cw_push", "1", key, "1000", "a", "0", "a.b", "{}", ""], redis.inspector))
            #expect(error.code == .wrongType && !error.message.contains(Self.mark), "\(error)")
        }
    }

    @Test func `a million arguments are refused, and hold Redis up for no longer than it takes to read them`()
        async throws
    {
        try await withTenant { redis, web in
            let many: [String] = Array(repeating: ["delay", "1"], count: 500_000).flatMap { $0 }
            let calls: [[String]] = [Self.job + ["nothing", "1"] + many, ["cw_enqueue", "1", "cw:{emails}"] + many]
            for words in calls {
                let error = try #require(try await fcall(words, web))
                #expect(error.code == .refused, "\(error)")
            }
            let batch = try await fcall(["cw_batch_open", "1", "cw:{emails}", "b"], web)
            #expect(batch == nil)
            let members = Array(repeating: ["2", "a.b", "{}"], count: 333_333).flatMap { $0 }
            let tooMany = try #require(try await fcall(["cw_batch_add", "1", "cw:{emails}", "b"] + members, web))
            #expect(tooMany.code == .refused)
            let fields = Array(repeating: ["f", "v"], count: 500_000).flatMap { $0 }
            var pipeline = RedisPipeline()
            pipeline.add(["XADD", "cw:{grades}", "*", "type", "a.b", "args", "{}"] + fields)
            let denied = try #require(try await web.send(pipeline, deadline: .now + .seconds(30)).firstError)
            #expect(denied.code == .permission)
            #expect(try await redis.inspector.call("XLEN", "cw:{emails}").integer == 0)
        }
    }

    /// A web tier that is confined to one queue, as redis.acl says how.
    private func withTenant(_ body: (ClosedRedis, RedisClient) async throws -> Void) async throws {
        try await withClosedRedis { redis in
            try await FunctionLibrary(client: redis.inspector).ensure()
            let rules = AccessList.shipped.users.first { $0.name == "web" }?.rules ?? []
            let confined = rules.filter { !$0.hasPrefix("#") }.map { $0.replacing("{*}", with: "{emails}") }
            var pipeline = RedisPipeline()
            let password = try #require(try redis.accounts.password(of: .web))
            pipeline.add(["ACL", "SETUSER", "tenant", "reset", ">\(password.value)"] + confined)
            let answer = try await redis.inspector.send(pipeline).first
            #expect(answer == "OK", "\(String(describing: answer.error))")
            // What is there must stay as it is.
            _ = try await redis.inspector.call("HSET", "cw:{grades}", "field", "value")
            let web = try redis.newClient(as: .web, user: "tenant")
            defer { web.close() }
            try await body(redis, web)
        }
    }

    /// The error that it answers, if it is one.
    private func fcall(_ words: [String], _ client: RedisClient) async throws -> RedisError? {
        var pipeline = RedisPipeline()
        pipeline.add(["FCALL"] + words)
        return try await client.send(pipeline, deadline: .now + .seconds(30)).firstError
    }

    /// Of all that the server holds.
    private func digest(_ redis: ClosedRedis) async throws -> String? {
        try await redis.inspector.call("DEBUG", "DIGEST").string
    }
}
