import HTTPServer
import Jobs
import Platform
import RedisClient
import TestSupport
import Testing

@testable import Access

@Suite("Keys in Redis")
struct KeyRingTests {
    @Test func `a key holds soon after it was made, until soon after it is revoked`() async throws {
        try await Door.with { door in
            let made = try #require(try await door.store.create("web", role: .producer, expires: nil, by: "ada"))
            try await eventually(within: .seconds(3), "it holds") {
                try await door.status("GET", "/v1/jobs/1", made.key.text) == 200
            }
            #expect(try await door.store.revoke(made.key.id) == made.record)
            try await eventually(within: .seconds(3), "it holds no more") {
                try await door.status("GET", "/v1/jobs/1", made.key.text) == 401
            }
            #expect(try await door.store.revoke(made.key.id) == nil)
        }
    }

    @Test func `a key ends when it is to`() async throws {
        try await Door.with { door in
            let end = Timestamp(milliseconds: WallClock.milliseconds + 400)
            let key = try await door.key(.producer, expires: end)
            let before = try await door.status("GET", "/v1/jobs/1", key.text)
            #expect(before == 200 || WallClock.milliseconds >= end.milliseconds)
            try await eventually(within: .seconds(3), "it holds no more") {
                try await door.status("GET", "/v1/jobs/1", key.text) == 401
            }
            #expect(WallClock.milliseconds >= end.milliseconds)
        }
    }

    @Test func `nothing that is kept opens anything`() async throws {
        try await withRedis { redis in
            let store = KeyStore(redis.client)
            let key = try #require(try await store.create("web", role: .admin, expires: nil, by: "ada")).key
            let kept = try await redis.client.call("HGET", KeyStore.key, key.id).string ?? ""
            #expect(kept.contains(#""role":"admin""#) && !kept.contains(key.text.suffix(64)))
            #expect(APIKey(kept) == nil)
        }
    }

    @Test func `what is known goes on for a while when Redis is away, then nobody can tell`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient { $0.commandTimeout = .milliseconds(200) }
            defer { client.close() }
            try await Door.with(client, redis.loop, validity: .seconds(3)) { door in
                let key = try await door.key(.producer).text
                await redis.kill()
                let away = MonotonicTime.now
                let known = try await door.status("GET", "/v1/jobs/1", key)
                #expect(known == 200)
                try await eventually("nobody can tell") { try await door.status("GET", "/v1/jobs/1", key) == 503 }
                #expect(MonotonicTime.now > away + .seconds(1))
                // Who has none needs none to be told so, and what is public is.
                let statuses = [try await door.status("GET", "/v1/jobs/1"), try await door.status("GET", "/open")]
                #expect(statuses == [401, 200])
                #expect(door.log.lines.count { $0.level == .warning } == 1)
                try await redis.start()
                // It kept nothing on disk: the key is gone with it.
                try await eventually("the key is known to be gone") {
                    try await door.status("GET", "/v1/jobs/1", key) == 401
                }
            }
        }
    }

    @Test func `a server that never saw Redis lets nobody in`() async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient { $0.commandTimeout = .milliseconds(100) }
            defer { client.close() }
            await redis.kill()
            try await Door.with(client, redis.loop) { door in
                let status = try await door.status("GET", "/metrics", APIKey.generate().text)
                #expect(status == 503)
            }
        }
    }

    @Test func `the day of the last use is written, not each use`() async throws {
        try await Door.with { door in
            let key = try await door.key(.producer)
            let before = try await door.store.list()
            #expect(before.map(\.record.id) == [key.id] && before[0].used == nil)
            for _ in 0..<3 { _ = try await door.status("GET", "/v1/jobs/1", key.text) }
            try await eventually("it is written") {
                try await door.store.list().first?.used == String(WallClock.rfc3339().prefix(10))
            }
            // Who takes it away sees that it is not written again on the same day.
            _ = try await door.redis.call("DEL", KeyStore.usedKey)
            _ = try await door.status("GET", "/v1/jobs/1", key.text)
            await door.ring.refresh()
            let isThere = try await door.redis.call("EXISTS", KeyStore.usedKey).integer
            #expect(isThere == 0)
        }
    }

    @Test func `records that cannot be read let nobody in, and harm no other`() async throws {
        try await Door.with { door in
            let (good, bad) = (try await door.key(.producer), try await door.key(.producer))
            let record = try await door.redis.call("HGET", KeyStore.key, bad.id).string ?? ""
            for broken in [
                "", "null", "{}", record.replacing("producer", with: "root"), record.replacing(bad.id, with: good.id),
                record.replacing(#/"hash":"[0-9a-f]+"/#, with: #""hash":"""#),
            ] {
                _ = try await door.redis.call("HSET", KeyStore.key, bad.id, broken)
                await door.ring.refresh()
                let statuses = [
                    try await door.status("GET", "/v1/jobs/1", bad.text),
                    try await door.status("GET", "/v1/jobs/1", good.text),
                ]
                #expect(statuses == [401, 200], "\(broken)")
            }
            _ = try await door.redis.call("DEL", KeyStore.key)
            _ = try await door.redis.call("SET", KeyStore.key, "no hash")
            await door.ring.refresh()
            // As when Redis is away: what was known goes on.
            let status = try await door.status("GET", "/v1/jobs/1", good.text)
            #expect(status == 200)
        }
    }

    @Test func `there are no more keys than each server can read each second`() async throws {
        try await withRedis { redis in
            var words = ["HSET", KeyStore.key]
            for number in 0..<KeyStore.most { words += ["\(number)", "{}"] }
            var pipeline = RedisPipeline()
            pipeline.add(words)
            _ = try await redis.client.send(pipeline)
            let made = try await KeyStore(redis.client).create("more", role: .producer, expires: nil, by: "ada")
            #expect(made == nil)
        }
    }
}
