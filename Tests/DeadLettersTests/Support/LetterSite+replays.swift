import DeadLetters
import RedisClient
import TestSupport

extension LetterSite {
    /// A replay of all letters, as fast as they come.
    func begin(_ filter: DeadFilter = DeadFilter()) async throws -> Replay {
        try await Replay.begin(filter, in: [store], rate: ReplayRate("1000000/s"), by: "ada", loop: loop)
    }

    @discardableResult
    func drive(_ replay: Replay) async throws -> Replay.Progress {
        var last = Replay.Progress()
        _ = try await replay.run { now in
            last = now
            return true
        }
        return last
    }

    /// These letters, and no others.
    func replay(_ letters: [DeadLetter]) async throws {
        var filter = DeadFilter()
        filter.ids = letters.map(\.id)
        let done = try await drive(try await begin(filter))
        try await promise(done.replayed == letters.count, "\(done) of \(letters.count)")
    }

    /// What the function itself does when a driver gives it these letters.
    func raw(
        _ replay: Replay, _ letters: [DeadLetter], mostWaiting: Int = 0
    ) async throws -> (replayed: Int, left: Int) {
        let before = try await ready
        let driver = try await client.call("HGET", queue.keys.replay(replay.id), "driver").string ?? ""
        for first in stride(from: 0, to: letters.count, by: 100) {
            let portion = letters[first..<min(letters.count, first + 100)].flatMap { [$0.id.member, $0.buried] }
            var pipeline = RedisPipeline()
            pipeline.add(
                ["FCALL", "cw_replay", "1", queue.keys.stream, replay.id, driver, "\(mostWaiting)", "0", "", ""]
                    + portion)
            if let error = try await client.send(pipeline).firstError { throw error }
        }
        return (try await ready - before, try await store.count())
    }

    /// Replays as many of these letters as may wait.
    /// - Returns: how many.
    func more(of replay: Replay, _ letters: [DeadLetter]) async throws -> Int {
        try await raw(replay, letters, mostWaiting: Replay.mostWaiting).replayed
    }

    /// As if the clock of Redis had been set back an hour before all these deaths.
    func turnBack() async throws {
        let script = """
            for _, key in ipairs(redis.call('KEYS', KEYS[1] .. ':dead*')) do
                if redis.call('TYPE', key).ok == 'zset' and not string.find(key, 'groups') then
                    for _, member in ipairs(redis.call('ZRANGE', key, 0, -1)) do
                        redis.call('ZINCRBY', key, -3600000, member)
                    end
                end
            end
            """
        _ = try await client.call("EVAL", script, "1", queue.keys.stream)
    }

    /// The clock of Redis counts on: what happens next has a later time.
    func untilNextMillisecond() async throws {
        func now() async throws -> [Int] { try await client.call("TIME").elements.compactMap(\.integer) }
        let begun = try await now()
        try await eventually("the next millisecond") {
            let time = try await now()
            return time[0] > begun[0] || time[1] / 1000 > begun[1] / 1000
        }
    }

    /// The fields of the only entry of the stream.
    func onlyEntry() async throws -> [String: String] {
        let entries = Array(try await client.call("XRANGE", queue.keys.stream, "-", "+").elements)
        guard entries.count == 1, let list = Array(entries[0].elements).last else {
            throw TestFailure("\(entries.count) entries")
        }
        var (fields, elements) = ([String: String](), list.elements)
        while let name = elements.next()?.string, let value = elements.next()?.string { fields[name] = value }
        return fields
    }
}
