import DeadLetters
import JobQueue
import Jobs
import RedisClient
import TestSupport
import Testing

@testable import DataProtection

@Suite(.timeLimit(.minutes(1))) struct StoredJobTests {
    private func jobs(_ scan: JobScan) async throws -> [StoredJob] {
        var jobs: [StoredJob] = []
        try await scan.each { jobs.append($0) }
        return jobs
    }

    @Test(arguments: [0, 31, 32, 255, 256, 65_535, 65_536, 200_000])
    func `fields of any length are packed as Redis packs them`(count: Int) async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            var job = NewJob("a.b", queue: "q", args: Array("{}".utf8))
            job.delay = .seconds(3600)
            _ = try await queue.enqueue(job)
            let scan = JobScan("q", client: redis.client)
            let stored = try #require(try await jobs(scan).first)
            #expect(stored.place == .later && stored.type == "a.b" && stored.fields.packed.count == stored.packed.count)
            let args = String(repeating: "ä", count: count / 2) + (count % 2 == 1 ? "x" : "")
            let fields = LetterFields(
                stored.fields.list.filter { $0.name != Array("args".utf8) }
                    + [.init(name: Array("args".utf8), value: Array(args.utf8))])
            #expect(try await queue.swap(stored, for: fields))
            #expect(try await jobs(scan).first?.args == Array(args.utf8))
            // As the functions read it.
            let id = try #require(JobID(queue: "q", token: stored.token))
            #expect(try await queue.describe(id)?.fields["args"] == args)
        }
    }

    @Test func `a job that changed since it was read is left alone`() async throws {
        try await withRedis { redis in
            let store = LetterStore("q", client: redis.client)
            let fields = LetterFields(["type": "a.b", "args": "{}"])
            let letter = DeadLetter(
                id: try #require(LetterID("q:x")), buried: "1795279200000", fields: fields)
            _ = try await store.add([letter])
            let scan = JobScan("q", client: redis.client)
            let stored = try #require(try await jobs(scan).first)
            _ = try await store.edit(letter, args: Array(#"{"new":1}"#.utf8), by: "ada")
            #expect(try await !scan.queue.swap(stored, for: fields))
            #expect(try await store.letter("x")?.args == Array(#"{"new":1}"#.utf8))
            let gone = try #require(try await jobs(scan).first)
            _ = try await store.delete([try #require(try await store.letter("x"))])
            #expect(try await !scan.queue.swap(gone, for: fields))
            #expect(try await store.letter("x") == nil)
        }
    }

    @Test func `every job is seen in its place, however many there are`() async throws {
        try await withRedis { redis in
            let queue = JobQueue("q", client: redis.client)
            let ready = (0..<333).map { NewJob("a.b", queue: "q", args: Array("\($0)".utf8)) }
            let later = ready.map { job in
                var job = job
                job.delay = .seconds(3600)
                return job
            }
            for result in await queue.enqueue(contentsOf: ready + later) { _ = try result.get() }
            let found = try await jobs(JobScan("q", client: redis.client))
            #expect(found.count == 666)
            for place in [StoredJob.Place.ready, .later] {
                let args = Set(found.filter { $0.place == place }.map { String(decoding: $0.args, as: UTF8.self) })
                #expect(args.count == 333)
            }
        }
    }
}
