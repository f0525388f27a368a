import Mutants
import TestSupport
import Testing

@Suite("Dead letters", .timeLimit(.minutes(5)))
struct StoryTests {
    @Test(arguments: Story.all)
    func `are safe`(story: Story) async throws {
        try await withLetters { site in try await story.play(site) }
    }
}

/// The stories prove something only if one fails once a protection is gone.
@Suite("Dead letters without a protection", .timeLimit(.minutes(5)))
struct MutantTests {
    @Test(arguments: Mutant.deadLetters)
    func `are noticed to be unsafe`(mutant: Mutant) async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            for story in Story.all {
                _ = try await client.call("FLUSHALL")
                try await mutant.load(through: client)
                do { try await story.play(try await LetterSite(client, loop: redis.loop)) } catch { return }
            }
            Issue.record("all stories end well although \(mutant.name)")
        }
    }
}
