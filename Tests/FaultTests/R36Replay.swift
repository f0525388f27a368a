import DeadLetters
import Foundation
import Jobs
import Platform
import ProgramSupport
import RedisClient
import TestSupport
import Testing

/// All dead letters are replayed by a command that is killed again and again, and by a second one beside it. Half of the
/// jobs die again, and the clock of Redis is set back, so that they seem to have been dead all along.
@Suite("R-36 replay", .inTurns(limit: .seconds(600)))
struct R36Replay {
    @Test func `replays each job at most once, whoever is killed`() async throws {
        try await run(.current).mustHold()
    }

    @Test func `without the replay's id in the job, a replay takes its own dead again`() async throws {
        try await run(.short, mutant: "a job that dies again is replayed by the same replay").mustFail(
            without: "the replay's id in the job", showing: "more than once by one replay")
    }

    private func run(_ form: Form, mutant: String? = nil) async throws -> Verdict {
        var verdict = Verdict(
            "R-36 replay", scaled: "100,000 of 1,000,000 letters; `make bench ARGS=dead` has them all")
        let letters = form(short: 300, full: 100_000)
        try await Stage.with(Stage.Setting(slots: 20)) { stage in
            let supervisor = try await stage.supervise()
            try await stage.load(mutant: mutant)
            let idle = form == .full ? try await stage.waits(500, named: "idle") : []
            try await stage.seedLetters(letters)
            _ = try await stage.redis.call("CONFIG", "SET", "slowlog-log-slower-than", "10000")
            _ = try await stage.redis.call("SLOWLOG", "RESET")

            let rate = form(short: ["--rate", "150/s"], full: [])
            let setBack = Task { try await stage.setBackDeaths() }
            async let second = stage.replay(rate)
            let live = Task { form == .full ? try await stage.waits(500, named: "live") : [] }
            let kills = try await stage.replayKilled(every: form(short: .milliseconds(300), full: .seconds(2)), rate)
            let other = try await second
            setBack.cancel()
            _ = try? await setBack.value
            let waits = try await live.value
            verdict.expect(other.exit == .code(0), "the second replay ended with \(other.exit): \(other.errors)")
            verdict.add("kills", kills)
            if form == .full {
                verdict.add("idle p99", idle.percentile(99))
                verdict.add("live p99", waits.percentile(99), bar: idle.percentile(99) * 2)
            }
            let checker = try await stage.check(&verdict, within: form(short: .seconds(20), full: .seconds(120)))
            try await judge(stage, &verdict, checker, letters)
            try await stage.end(supervisor, &verdict)
        }
        return verdict
    }

    private func judge(_ stage: Stage, _ verdict: inout Verdict, _ checker: Checker, _ letters: Int) async throws {
        let store = LetterStore("default", client: stage.redis)
        let replays = try await store.replays()
        verdict.expect(
            replays.count == 2 && replays.allSatisfy { $0.phase == .done }, "not two replays are done: \(replays)")
        let runs = checker.executions.byKey.filter { $0.key.hasPrefix("k") }.mapValues(\.count)
        let replayed = replays.reduce(0) { $0 + $1.replayed }
        let ran = runs.values.reduce(0, +)
        verdict.add("replayed", replayed)
        verdict.expect(ran == replayed, "\(replayed) were replayed, as they tell, and \(ran) ran")
        verdict.expect(runs.count == letters, "\(letters - runs.count) of \(letters) letters were never replayed")
        // A job that lives does so after its only run; one that died again tells who replayed it.
        var twice = runs.values.count { $0 > replays.count }
        var scan = LetterScan(store, DeadFilter(), .oldestFirst)
        while let portion = try await scan.next() {
            twice += portion.letters.count { letter in
                let ids = (letter.fields.text("replay") ?? "").split(separator: " ")
                return Set(ids).count < ids.count
            }
        }
        verdict.expect(twice == 0, "\(twice) jobs were replayed more than once by one replay")
        verdict.expect(checker.dead.count == letters / 2, "\(checker.dead.count) of \(letters / 2) died again")
        verdict.add("slow calls", try await stage.slowCalls(), bar: 0)
    }
}

extension Stage {
    /// Dead letters of journal jobs, of which every second one will die again; all were buried in the last half hour.
    fileprivate func seedLetters(_ count: Int) async throws {
        let store = LetterStore("default", client: redis)
        let first = WallClock.milliseconds - 1_800_000
        for begin in stride(from: 0, to: count, by: 5000) {
            let letters = (begin..<min(count, begin + 5000)).map { number in
                DeadLetter(
                    id: LetterID(queue: "default", member: "k\(number)"), buried: "\(first + number / 7)",
                    fields: LetterFields([
                        "type": "diagnostics.journal", "error": "It failed.", "reason": "failures", "attempt": "4",
                        "args": #"{"key":"k\#(number)","milliseconds":1,"dies":\#(number % 2 == 0)}"#,
                    ]))
            }
            _ = try await store.add(letters)
        }
        for number in 0..<count { journal.note("k\(number)", .acked) }
    }

    /// The replay of all, killed again and again until it is done.
    /// - Returns: how often it was killed.
    fileprivate func replayKilled(every interval: Duration, _ rate: [String]) async throws -> Int {
        var command = try await site.start(program: Product.command, ["dead", "replay", "--all", "--yes"] + rate)
        let begun = try await command.output.first(containing: "has begun")
        guard let id = begun.firstMatch(of: /Replay (\w+) has/)?.1 else { throw TestFailure(begun) }
        var kills = 0
        while true {
            try await Task.sleep(for: interval)
            guard command.isRunning else { break }
            command.send(SIGKILL)
            if try await command.exit() == .code(0) { break }
            kills += 1
            command = try await site.start(program: Product.command, ["dead", "replay", "--resume", String(id)] + rate)
        }
        let exit = try await command.exit()
        // The kill before may have come between the last step and its telling so.
        let isDone = kills > 0 && command.errors.text.contains("is done and cannot be resumed")
        guard exit == .code(0) || isDone else {
            throw TestFailure("the replay ended with \(exit): \(command.errors.text)")
        }
        return kills
    }

    fileprivate func replay(_ rate: [String]) async throws -> (exit: Program.Exit, errors: String) {
        let command = try await site.start(program: Product.command, ["dead", "replay", "--all", "--yes"] + rate)
        let exit = try await command.exit(within: .seconds(500))
        return (exit, command.errors.text)
    }

    /// What a clock that is set back again and again would have noted: who died again has died just before the first
    /// replay began.
    fileprivate func setBackDeaths() async throws {
        let script = """
            local stream, moved = KEYS[1], 0
            local begun
            for _, id in ipairs(redis.call('LRANGE', stream .. ':replays', 0, -1)) do
                local time = tonumber(redis.call('HGET', stream .. ':replay:' .. id, 'begun'))
                begun = math.min(begun or time, time)
            end
            if not begun then return 0 end
            local late = redis.call('ZRANGE', stream .. ':dead', '(' .. begun, '+inf', 'BYSCORE', 'LIMIT', 0, 500)
            for _, member in ipairs(late) do
                redis.call('ZADD', stream .. ':dead', begun, member)
                for _, group in ipairs(redis.call('ZRANGE', stream .. ':dead:groups', 0, -1)) do
                    redis.call('ZADD', stream .. ':dead:group:' .. group, 'XX', begun, member)
                end
            end
            return #late
            """
        while !Task.isCancelled {
            _ = try await redis.call("EVAL", script, "1", "cw:{default}")
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// Calls of our functions that kept Redis busy for more than ten milliseconds.
    fileprivate func slowCalls() async throws -> Int {
        try await redis.call("SLOWLOG", "GET", "-1").elements.count { entry in
            Array(entry.elements).dropFirst(3).first?.elements.contains { $0 == "FCALL" } ?? false
        }
    }
}
