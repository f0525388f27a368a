package import HTTPServer
internal import JOSE
package import Jobs
internal import Platform
package import RedisClient
internal import Signing

/// The keys, in Redis: what the queue needs anyway is enough for them.
///
///     cw:keys       a hash: id -> a KeyRecord in JSON
///     cw:keys:used  a hash: id -> the day on which it was used last, 2026-12-01
package struct KeyStore: Sendable {
    /// All of them are read every second by each server.
    package static let most = 1000

    static let key = "cw:keys"
    static let usedKey = "cw:keys:used"

    private let client: RedisClient

    package init(_ client: RedisClient) { self.client = client }

    /// - Parameter by: who makes it.
    /// - Returns: the key itself, which nobody can be shown again; nil when there are ``most`` already.
    package func create(
        _ name: String, role: Role, expires: Timestamp?, by person: String
    ) async throws -> (key: APIKey, record: KeyRecord)? {
        guard try await client.call("HLEN", Self.key).integer ?? 0 < Self.most else { return nil }
        let key = APIKey.generate()
        let record = KeyRecord(
            id: key.id, name: name, role: role, hash: SHA256.text(hash: key.hash),
            created: Timestamp(milliseconds: WallClock.milliseconds), createdBy: person, expires: expires)
        let text = String(decoding: SortedJSON.bytes(record), as: UTF8.self)
        // Two ids are the same once in 281 trillion: then there is another one.
        guard try await client.call("HSETNX", Self.key, key.id, text).integer == 1 else {
            return try await create(name, role: role, expires: expires, by: person)
        }
        return (key, record)
    }

    /// The oldest first, each with the day of its last use. What is no record is left out.
    package func list() async throws -> [(record: KeyRecord, used: String?)] {
        var pipeline = RedisPipeline("HGETALL", Self.key)
        pipeline.add("HGETALL", Self.usedKey)
        let answers = Array(try await client.send(pipeline).values)
        for answer in answers { if let error = answer.error { throw error } }
        let used = Dictionary(Self.pairs(answers[1])) { first, _ in first }
        return Self.records(answers[0]).map { ($0, used[$0.id]) }
            .sorted { ($0.0.created.milliseconds, $0.0.id) < ($1.0.created.milliseconds, $1.0.id) }
    }

    /// Who has the key is let in no more, a second or two later.
    /// - Returns: what it was; nil when there is none.
    package func revoke(_ id: String) async throws -> KeyRecord? {
        let text = try await client.call("HGET", Self.key, id).string
        guard try await client.call("HDEL", Self.key, id).integer == 1 else { return nil }
        _ = try await client.call("HDEL", Self.usedKey, id)
        return text.flatMap { SortedJSON.value(KeyRecord.self, of: Array($0.utf8)) }
    }

    package func record(_ id: String) async throws -> KeyRecord? {
        try await client.call("HGET", Self.key, id).string
            .flatMap { SortedJSON.value(KeyRecord.self, of: Array($0.utf8)) }
    }

    /// All records as they came, for who can tell from the bytes that nothing has changed.
    func all() async throws(RedisError) -> RedisValue { try await client.call("HGETALL", Self.key) }

    func note(used ids: some Collection<String>, on day: String) async throws {
        var pipeline = RedisPipeline()
        pipeline.add(["HSET", Self.usedKey] + ids.flatMap { [$0, day] })
        _ = try await client.send(pipeline)
    }

    static func records(_ answer: RedisValue) -> [KeyRecord] {
        pairs(answer).compactMap { id, text in
            SortedJSON.value(KeyRecord.self, of: Array(text.utf8)).flatMap { $0.id == id ? $0 : nil }
        }
    }

    private static func pairs(_ answer: RedisValue) -> [(String, String)] {
        let texts = answer.elements.map { $0.string ?? "" }
        return stride(from: 0, to: texts.count - 1, by: 2).map { (texts[$0], texts[$0 + 1]) }
    }
}
