import DeadLetters
import JobQueue
import RedisClient
import TestSupport
import Testing

@Suite("Dead letters beside keys that hold something else", .timeLimit(.minutes(1)))
struct SpoiltKeyTests {
    @Test(arguments: ["", ":dead", ":dead:jobs", ":replays", ":replaying"])
    func `nothing is half done`(ending: String) async throws {
        try await withLetters { site in
            try await site.bury("a", args: "[1]")
            let letters = try await site.letters()
            let replay = try await site.begin()
            let key = site.queue.keys.stream + ending
            _ = try await site.client.call("DEL", key)
            _ = try await site.client.call("SET", key, "something else")
            let before = try await dump(site)

            if ending != ":replays" {
                await #expect(throws: RedisError.self) { try await site.raw(replay, letters, mostWaiting: 5) }
            } else {
                await #expect(throws: RedisError.self) { try await site.begin() }
            }
            if !ending.hasPrefix(":repl") {
                await #expect(throws: RedisError.self) { try await site.store.delete(letters) }
                await #expect(throws: RedisError.self) { try await site.seed([("b", 1000)]) }
                await #expect(throws: RedisError.self) { try await site.store.edit(letters[0], args: [], by: "x") }
                await #expect(throws: RedisError.self) {
                    try await site.queue.deleteDeadLetters(olderThan: .seconds(1))
                }
            }
            #expect(try await dump(site) == before)
        }
    }

    /// Every key with a digest of what it holds.
    private func dump(_ site: LetterSite) async throws -> [String] {
        let script = """
            local told = {}
            for _, key in ipairs(redis.call('KEYS', '*')) do
                told[#told + 1] = key .. ' ' .. redis.sha1hex(redis.call('DUMP', key))
            end
            table.sort(told)
            return told
            """
        return try await site.client.call("EVAL", script, "0").elements.compactMap(\.string)
    }
}
