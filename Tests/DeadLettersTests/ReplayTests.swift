import DeadLetters
import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@Suite("Replays", .timeLimit(.minutes(2)))
struct ReplayTests {
    @Test func `take what a filter means, and remember what they did`() async throws {
        try await withLetters { site in
            for number in 0..<30 { try await site.bury("a\(number)", args: #"{"n":\#(number % 3)}"#) }
            var filter = DeadFilter()
            filter.fields = [try #require(FieldCondition("args.n=1"))]
            let replay = try await site.begin(filter)
            let done = try await site.drive(replay)
            #expect((done.examined, done.replayed, done.passedOver) == (30, 10, 0))
            let state = try #require(try await site.store.replays().first)
            #expect((state.id, state.phase, state.who) == (replay.id, .done, "ada"))
            #expect((state.examined, state.replayed, state.filter) == (30, 10, filter))
            #expect(try await site.letters().allSatisfy { !filter.matches($0) })
        }
    }

    @Test func `twins are named apart`() async throws {
        try await withLetters { site in
            for number in 1...2 { try await site.enqueue("type", "t.x", "args", "[\(number)]", "id", "same") }
            try await site.enqueue("type", "t.x", "args", "[3]", "id", "no token / \u{1b}")
            try await site.buryAll()
            let letters = try await site.letters()
            #expect(letters.count == 3)
            #expect(letters.map(\.id.member).allSatisfy { $0.wholeMatch(of: /[A-Za-z0-9_.-]+/) != nil })
            let twin = try #require(letters.first { $0.id.member.hasPrefix("same.") })
            #expect(LetterID(twin.id.description) == twin.id)
            try await site.replay([twin])
            #expect(try await site.onlyEntry()["args"] == "[2]")
            #expect(try await site.letter("same").args.elementsEqual("[1]".utf8))
        }
    }

    @Test func `take back the unique key of a job, and pass it over while another has it`() async throws {
        try await withLetters { site in
            let key = site.queue.keys.stream + ":unique:k"
            for id in ["a", "b"] {
                try await site.enqueue("type", "t.x", "args", "{}", "id", id, "unique", "k")
                try await site.buryAll()
            }
            try await site.replay([try await site.letter("a")])
            #expect(try await site.client.call("GET", key).string == "a")
            let other = try await site.letter("b")
            await #expect(throws: (any Error).self) { try await site.replay([other]) }
            #expect(try await site.letter("b").id == other.id, "it stays")
            #expect(try await site.client.call("GET", key).string == "a")
        }
    }

    @Test func `are forgotten after a hundred others`() async throws {
        try await withLetters { site in
            try await site.bury("a")
            var none = DeadFilter()
            none.type = "no.such"
            let first = try await site.begin(none)
            try await site.drive(first)
            for _ in 0..<100 { try await site.drive(site.begin(none)) }
            let kept = try await site.store.replays().count
            #expect(kept == 100)
            let error = await #expect(throws: Replay.Stopped.self) {
                try await Replay.resume(first.id, in: [site.store], rate: nil, by: "x", loop: site.loop)
            }
            #expect(error?.description == "There is no replay \(first.id) that is remembered.")
        }
    }

    @Test func `are not forgotten while they may be resumed`() async throws {
        try await withLetters { site in
            try await site.bury("a")
            let first = try await site.begin()
            var others = DeadFilter()
            others.type = "no.such"
            for _ in 0..<100 { try await site.drive(site.begin(others)) }
            #expect(try await site.drive(first).replayed == 1)
        }
    }

    @Test func `say what they wait for, and go on when it does`() async throws {
        try await withLetters { site in
            try await site.seed((0..<30).map { ("a\($0)", 1000) })
            let replay = try await Replay.begin(DeadFilter(), in: [site.store], rate: nil, by: "x", loop: site.loop)
            let limit = Limit("k", concurrency: 1)
            var (running, waits) = ([ClaimedJob](), [Replay.Wait]())
            let isDone = try await replay.run { now in
                guard let wait = now.wait else { return true }
                if waits.last != wait { waits.append(wait) }
                // A worker takes what there is, and then brings one after the other to its end.
                _ = try? await site.queue.complete(running.prefix(1), by: site.worker)
                let jobs = (try? await site.claim(lanes: Lane.allCases)) ?? []
                running = (try? await site.enter(jobs, limit)) ?? []
                return true
            }
            let all = [nil, "limit:k"].map { Replay.Wait(queue: "q", gate: $0) }
            #expect(isDone && waits.allSatisfy(all.contains) && waits.contains(all[1]), "\(waits)")
        }
    }

    @Test func `keep to their rate`() async throws {
        try await withLetters { site in
            try await site.seed((0..<20).map { ("a\($0)", 1000) })
            let replay = try await Replay.begin(
                DeadFilter(), in: [site.store], rate: ReplayRate("40/s"), by: "x", loop: site.loop)
            let begun = ContinuousClock.now
            #expect(try await site.drive(replay).replayed == 20)
            // The first passes at once, and each other one waits for its turn.
            #expect(ContinuousClock.now - begun > .milliseconds(19 * 25 - 50))
        }
    }

    @Test func `a deletion takes what a filter means`() async throws {
        try await withLetters { site in
            try await site.seed((0..<700).map { ("a\($0)", 1000 + $0) })
            var filter = DeadFilter()
            filter.before = 1500
            let deletion = Deletion(filter, in: [site.store], rate: nil, until: 1_000_000, loop: site.loop)
            #expect(try await deletion.run { _ in true } == 500)
            #expect(try await site.store.count() == 200)
            #expect(try await site.drift() == nil)
        }
    }
}
