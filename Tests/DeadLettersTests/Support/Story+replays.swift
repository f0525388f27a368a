import DeadLetters
import JobQueue
import Jobs
import Platform
import RedisClient
import TestSupport

extension Story {
    static let replays: [Story] = [
        Story("a job that dies again is not replayed by the same replay, not even by a clock that was set back") {
            site in
            for number in 0..<20 { try await site.bury("a\(number)") }
            let replay = try await site.begin()
            try await promise(try await site.drive(replay).replayed == 20, "not all were replayed")
            try await site.buryAll()
            try await site.turnBack()
            let again = try await site.raw(replay, try await site.letters())
            try await promise(
                again.replayed == 0 && again.left == 20, "\(again.replayed) were replayed twice by one replay")
            let other = try await site.begin()
            try await promise(try await site.drive(other).replayed == 20, "another replay did not take them")
        },
        Story("a replay knows of its letters what others did with them meanwhile") { site in
            try await site.bury("a")
            let (first, second) = (try await site.begin(), try await site.begin())
            for replay in [first, second] {
                let letters = try await site.letters()
                try await promise(try await site.raw(replay, letters).replayed == 1, "it was not replayed")
                try await site.buryAll()
                try await site.turnBack()
            }
            for replay in [first, second] {
                try await promise(
                    try await site.raw(replay, try await site.letters()).replayed == 0, "it was replayed again")
            }
        },
        Story("what dies after the beginning is not part of a replay") { site in
            try await site.bury("a")
            let replay = try await site.begin()
            try await site.untilNextMillisecond()
            try await site.bury("b")
            try await site.seed([("imported", 1000)])
            let done = try await site.raw(replay, try await site.letters())
            try await promise(done.replayed == 1, "\(done.replayed) were replayed")
            try await promise(
                try await site.letters().map(\.id.member) == ["imported", "b"], "\(try await site.letters())")
        },
        Story("two replays of the same letters replay each once, and tell what they did") { site in
            for number in 0..<250 { try await site.enqueue("type", "t.x", "args", "{}", "id", "a\(number)") }
            try await site.buryAll()
            let rate = ReplayRate("1000000/s")
            let one = try await Replay.begin(DeadFilter(), in: [site.store], rate: rate, by: "one", loop: site.loop)
            let two = try await Replay.begin(DeadFilter(), in: [site.store], rate: rate, by: "two", loop: site.loop)
            async let first = site.drive(one)
            async let second = site.drive(two)
            let done = try await [first, second]
            try await promise(done.reduce(0) { $0 + $1.replayed } == 250, "\(done)")
            try await promise(try await site.ready == 250, "\(try await site.ready) jobs are ready")
        },
        Story("a replay that was killed goes on where it was, and its former driver is told") { site in
            for number in 0..<600 {
                try await site.enqueue("type", "t.x", "args", "[\(number % 2)]", "id", "a\(number)")
            }
            try await site.buryAll()
            let rate = ReplayRate("1000000/s")
            var filter = DeadFilter()
            filter.fields = [FieldCondition("args=[1]")].compactMap { $0 }
            let killed = try await Replay.begin(filter, in: [site.store], rate: rate, by: "one", loop: site.loop)
            var portions = 0
            let isDone = try await killed.run { _ in
                portions += 1
                return portions < 2
            }
            try await promise(!isDone, "it was not stopped")
            let resumed = try await Replay.resume(
                killed.id, in: [site.store], rate: nil, by: "two", loop: site.loop)
            do {
                _ = try await killed.run { _ in true }
                throw TestFailure("two drive one replay")
            } catch is Replay.Stopped {}
            let done = try await site.drive(resumed)
            try await promise(done.replayed == 300 && done.passedOver == 0 && done.examined == 600, "\(done)")
            let state = try await site.store.replay(killed.id)
            try await promise(state?.phase == .done && state?.replayed == 300, "\(String(describing: state))")
        },
        Story("an aborted replay replays no more") { site in
            for number in 0..<300 { try await site.enqueue("type", "t.x", "args", "{}", "id", "a\(number)") }
            try await site.buryAll()
            let replay = try await Replay.begin(
                DeadFilter(), in: [site.store], rate: ReplayRate("1000000/s"), by: "one", loop: site.loop)
            let letters = try await site.letters()
            try await promise(
                try await site.raw(replay, Array(letters.prefix(100))).replayed == 100, "the first hundred")
            try await promise(try await site.store.abort(replay: replay.id, by: "two"), "it could not be aborted")
            try await promise(try await site.raw(replay, Array(letters.suffix(100))).replayed == 0, "it went on")
            do {
                _ = try await replay.run { _ in true }
                throw TestFailure("it went on")
            } catch is Replay.Stopped {}
            try await promise(
                try await site.store.abort(replay: replay.id, by: "two") == true, "aborted twice is aborted")
            try await promise(try await site.store.count() == 200, "\(try await site.store.count()) are left")
        },
        Story("without a rate no more than a few wait for a worker, of all replays together") { site in
            for number in 0..<300 { try await site.enqueue("type", "t.x", "args", "{}", "id", "a\(number)") }
            try await site.buryAll()
            let (one, two) = (try await site.begin(), try await site.begin())
            let letters = try await site.letters()
            for replay in [one, two, one] { _ = try await site.raw(replay, letters, mostWaiting: Replay.mostWaiting) }
            try await promise(try await site.ready == Replay.mostWaiting, "\(try await site.ready) wait")
            try await site.completeAll()
            _ = try await site.raw(two, Array(letters.suffix(150)), mostWaiting: Replay.mostWaiting)
            try await promise(
                try await site.ready == Replay.mostWaiting, "\(try await site.ready) wait after a worker took all")
            // Somebody takes them away before a worker could.
            _ = try await site.client.call("XTRIM", site.queue.keys.stream, "MAXLEN", "0")
            _ = try await site.raw(two, Array(letters.prefix(200)), mostWaiting: Replay.mostWaiting)
            try await promise(try await site.ready > 0, "it waits for jobs that nobody will take")
        },
        Story("without a rate a replay waits for what a limit holds back") { site in
            for number in 0..<300 { try await site.enqueue("type", "t.x", "args", "{}", "id", "a\(number)") }
            try await site.buryAll()
            let (replay, letters) = (try await site.begin(), try await site.letters())
            let most = Replay.mostWaiting
            try await promise(try await site.more(of: replay, letters) == most, "not as many as may wait were replayed")
            let first = try await site.claim()
            // What is claimed may begin now, or be set aside.
            try await promise(
                try await site.more(of: replay, letters) == most, "it waited for those that a worker had taken")
            let second = try await site.claim()
            try await site.enter(first, Limit("k", concurrency: 1))
            try await promise(
                try await site.more(of: replay, letters) == 1, "all but one wait for the limit, so that one more may")
            try await site.enter(second, Limit("k", concurrency: 1))
            try await promise(
                try await site.more(of: replay, letters) == 0, "a queue is filled with jobs that wait for a limit")
            _ = try await site.queue.complete(first.prefix(1), by: site.worker)
            try await promise(
                try await site.more(of: replay, letters) == 0, "one was let go on, and too many still wait")
        },
        Story("without a rate a replay waits for what its workers handed back") { site in
            for number in 0..<100 { try await site.enqueue("type", "t.x", "args", "{}", "id", "a\(number)") }
            try await site.buryAll()
            let (replay, letters) = (try await site.begin(), try await site.letters())
            for expected in [Replay.mostWaiting, 0] {
                let told = try await site.raw(replay, letters, mostWaiting: Replay.mostWaiting)
                try await promise(told.replayed == expected, "\(told.replayed) were replayed, not \(expected)")
                let claimed = try await site.claim()
                if !claimed.isEmpty { _ = try await site.queue.release(claimed.map(\.entry), by: site.worker) }
            }
        },
        Story("a replayed job begins anew, and keeps who it is") { site in
            try await site.enqueue(
                "type", "t.x", "args", "{}", "id", "a", "track", "60000", "trace", "00-ab", "attempt",
                "4",
                "crashes", "2", "snoozes", "3", "enqueued", "77")
            try await site.buryAll()
            try await site.replay(try await site.letters())
            let fields = try await site.onlyEntry()
            let kept = [
                "id": "a", "trace": "00-ab", "attempt": "1", "replays": "1", "first_enqueued": "77",
            ]
            for (name, value) in kept { try await promise(fields[name] == value, "\(name): \(fields)") }
            let gone = ["crashes", "snoozes", "reason", "error", "worker", "buried", "group"]
            for name in gone { try await promise(fields[name] == nil, "\(name): \(fields)") }
            try await promise(fields["enqueued"] != "77", "\(fields)")
            try await promise(fields["history"]?.contains("It failed.") ?? false, "\(fields)")
            guard let id = JobID(queue: "q", token: "a") else { return }
            let status = try await site.queue.status(of: id)
            try await promise(status?.state == "ready" && status?.reason == nil, "\(String(describing: status))")
            try await promise(
                try await site.client.call("EXISTS", site.queue.keys.end(of: "a")).integer == 0,
                "those who wait are told that it is dead")
        },
        Story("a job that has expired is passed over and kept") { site in
            try await site.bury("late")
            let letter = try await site.letter("late")
            let fields = letter.fields.list + [.init(name: Array("expires".utf8), value: Array("1000".utf8))]
            _ = try await site.store.delete([letter])
            _ = try await site.store.add([
                DeadLetter(id: letter.id, buried: letter.buried, fields: LetterFields(fields))
            ])
            let replay = try await site.begin()
            let done = try await site.drive(replay)
            try await promise(done.replayed == 0 && done.passedOver == 1, "\(done)")
            try await promise(try await site.store.count() == 1, "it is gone")
        },
    ]
}
