import Jobs
import RedisClient
import TestSupport
import Testing

@testable import JobQueue

@Suite("Chains", .timeLimit(.minutes(1)))
struct ChainTests {
    private func job(_ type: JobType, queue: QueueName = "q") -> NewJob {
        NewJob(type, queue: queue, args: Array(#"{"a":[1.10,"é/\u0001"],"b":{}}"#.utf8))
    }

    private func only(_ q: TestQueue) async throws -> ClaimedJob {
        let jobs = try await q.claim(10, by: q.ada)
        #expect(jobs.count == 1)
        return try #require(jobs.first)
    }

    @Test func `go on link by link, each with the result of the one before and its own args`() async throws {
        try await withQueue { q in
            try await q.join()
            var first = job("t.one")
            first.traceparent = "00-ab-cd-01"
            _ = try await q.queue.enqueue(first.then(job("t.two"), job("t.three")))
            for (type, input, result) in [
                ("t.one", nil, "1"), ("t.two", "1", #"{"x":2}"#), ("t.three", #"{"x":2}"#, ""),
            ] {
                let job = try await only(q)
                #expect(String(decoding: job.type, as: UTF8.self) == type)
                #expect(Array(job.args) == first.args && job.traceparent == first.traceparent)
                #expect(job.input.map { String(decoding: $0, as: UTF8.self) } == input)
                let done = try await q.queue.finish(
                    job, as: .done, result: JobResult(json: Array(result.utf8)), by: q.ada)
                #expect(done)
            }
            #expect(try await q.queue.statistics().isIdle)
        }
    }

    @Test(arguments: [JobQueue.End.discarded, .cancelled, .expired])
    func `end with a job that is not done, and the links that never ran are counted`(how: JobQueue.End) async throws {
        try await withQueue { q in
            try await q.join()
            _ = try await q.queue.enqueue(job("t.one").then(job("t.two").then(job("t.inner")), job("t.three")))
            #expect(try await q.queue.finish(try await only(q), as: how, by: q.ada))
            #expect(try await q.queue.statistics().counters["skipped"] == 3)
            #expect(try await q.queue.statistics().isIdle)
        }
    }

    @Test func `can be written with a plain XADD`() async throws {
        try await withQueue { q in
            try await q.join()
            for then in ["", "[]", "{}", #"[{"type":"t.two","args":"{}","delay":1}]"#] {
                try await q.add("*", "type", "t.one", "args", "{}", "then", then)
                #expect(try await q.queue.finish(try await only(q), as: .done, by: q.ada))
            }
            #expect(try await q.queue.statistics().dead == 0)
            #expect(try await q.queue.statistics().scheduled == 1)
        }
    }

    @Test(arguments: [
        "{", "7", "{}x", #"{"a":1}"#, "[7]", "[null]", #"[{"type":"t.x"}]"#, #"[{"type":"t.x","args":{}}]"#,
        #"[{"type":"T","args":"{}"}]"#, #"[{"type":"t.x","args":"{}","queue":"{}"}]"#,
        #"[{"type":"t.x","args":"{}","delay":-1}]"#, #"[{"type":"t.x","args":"{}","delay":1.5}]"#,
        #"[{"type":"t.x","args":"{}","delay":1e999}]"#, #"[{"type":"t.x","args":"{}","nope":"1"}]"#,
        #"[{"type":"t.x","args":"{}","batch":"b"}]"#, #"[{"type":"t.x","args":"{}","track":[]}]"#,
        #"[{"type":"t.x","args":"{}","then":[{"type":"t"}]}]"#, String(repeating: "[", count: 100_000),
        "[" + String(repeating: #"{"type":"t.x","args":"{}"},"#, count: 100) + #"{"type":"t.x","args":"{}"}]"#,
        #"[{"type":"t.x","args":""# + String(repeating: "x", count: 262_144) + #""}]"#,
    ])
    func `that are malformed are refused, and a dead letter when they come past that`(then: String) async throws {
        try await withQueue { q in
            try await q.join()
            let answer = try? await q.client.call(
                "FCALL", "cw_enqueue", "1", q.queue.keys.stream, "t.x", "{}", "then", then)
            #expect(answer == nil)
            #expect(try await q.queue.statistics().isIdle)
            try await q.add("*", "type", "t.one", "args", "{}", "then", then)
            #expect(try await q.queue.finish(try await only(q), as: .done, by: q.ada))
            let statistics = try await q.queue.statistics()
            #expect(statistics.dead == 1 && statistics.isIdle)
        }
    }

    @Test func `cross to another queue, once, whoever dies in between`() async throws {
        try await withQueue { q in
            let other = TestQueue(q.client, name: "other")
            for queue in [q, other] { try await queue.join() }
            _ = try await q.queue.enqueue(job("t.one").then(job("t.two", queue: "other"), job("t.three", queue: "q")))
            #expect(try await q.queue.finish(reporting: try await only(q), as: .done, by: q.ada) == .endedLeavingWork)
            let left = Array(try await q.client.call("XRANGE", q.queue.keys.outgoing, "-", "+").elements)
            let parts = Array(try #require(left.first).elements)
            let entry = try #require(parts[0].string)
            let packed = try #require(Array(parts[1].elements).last?.bytes)

            // Two workers bring it and are killed before they remove it; then a third comes.
            for isNew in [1, 0] {
                var pipeline = RedisPipeline()
                pipeline.begin(arguments: 8)
                for word in ["FCALL", "cw_deliver", "1", other.queue.keys.stream, "q", "0", entry] {
                    pipeline.append(word)
                }
                pipeline.append(packed)
                #expect(Array(try await q.client.send(pipeline).first.elements).first?.integer == isNew)
                if isNew == 1 {
                    let link = try await only(other)
                    #expect(try await other.queue.finish(link, as: .done, by: other.ada))
                }
            }
            try await q.queue.carryOver()
            #expect(try await q.client.call("XLEN", q.queue.keys.outgoing).integer == 0)
            #expect(try await other.queue.statistics().ready == 0)
            try await other.queue.carryOver()
            #expect(String(decoding: try await only(q).type, as: UTF8.self) == "t.three")
        }
    }

    @Test func `wait for a queue whose key is spoiled, and hold up no other`() async throws {
        try await withQueue { q in
            try await q.join()
            for queue in ["broken", "good"] as [QueueName] {
                _ = try await q.queue.enqueue(job("t.one").then(job("t.two", queue: queue)))
            }
            _ = try await q.client.call("SET", QueueKeys("broken").stream, "something else")
            for job in try await q.claim(2, by: q.ada) { #expect(try await q.queue.finish(job, as: .done, by: q.ada)) }
            let error = await #expect(throws: RedisError.self) { try await q.queue.carryOver() }
            #expect(error?.code == .wrongType)
            #expect(try await JobQueue("good", client: q.client).statistics().ready == 1)
            _ = try await q.client.call("DEL", QueueKeys("broken").stream)
            try await q.queue.carryOver()
            #expect(try await JobQueue("broken", client: q.client).statistics().ready == 1)
        }
    }

    /// Ends a job whose link needs a key that somebody spoiled, and answers what carrying it over said.
    private func finishSpoiled(_ link: NewJob, _ key: String, _ q: TestQueue) async throws -> RedisError? {
        _ = try await q.queue.enqueue(job("t.one").then(link.then(job("t.after", queue: link.queue))))
        let first = try await only(q)
        _ = try await q.client.call("SADD", key, "something else")
        #expect(try await q.queue.finish(reporting: first, as: .done, by: q.ada) == .endedLeavingWork)
        for _ in 1...2 { await #expect(throws: RedisError.self) { try await q.queue.carryOver() } }
        #expect(try await q.client.call("XLEN", q.queue.keys.outgoing).integer == 1)
        #expect(try await q.client.call("HGET", q.queue.keys.stream + ":stats", "skipped").isNull)
        do throws(RedisError) { try await q.queue.carryOver() } catch { return error }
        return nil
    }

    @Test(arguments: ["q", "other"] as [QueueName], [":unique:u", ":later", ":later:jobs", ":dead:jobs"])
    func `wait while a key is spoiled that they need, and then go on, once`(queue: QueueName, key: String) async throws
    {
        try await withQueue { q in
            let target = TestQueue(q.client, name: queue)
            for queue in [q, target] { try await queue.join() }
            var link = job("t.two", queue: queue)
            link.uniqueKey = UniqueKey("u")
            link.delay = key.hasPrefix(":later") ? .milliseconds(1) : .zero
            let error = try await finishSpoiled(link, target.queue.keys.stream + key, q)
            #expect(error?.code == .wrongType)
            #expect(error?.message.contains("waits for the queue \(queue)") == true, "\(error?.message ?? "")")

            // Others are not held up.
            _ = try await q.queue.enqueue(job("t.one").then(job("t.good", queue: "good")))
            #expect(try await q.queue.finish(try await only(q), as: .done, by: q.ada))
            _ = try? await q.queue.carryOver()
            #expect(try await JobQueue("good", client: q.client).statistics().ready == 1)

            _ = try await q.client.call("DEL", target.queue.keys.stream + key)
            for _ in 1...2 { try await q.queue.carryOver() }
            let statistics = try await target.queue.statistics()
            #expect(statistics.ready + statistics.scheduled == 1)
            #expect(try await q.queue.statistics().outgoing == 0)
            try await eventually("it is due") { try await target.queue.promote().nextDue == nil }
            let second = try await only(target)
            #expect(String(decoding: second.type, as: UTF8.self) == "t.two" && second.hasLinks)
        }
    }

    @Test func `are kept beside what somebody wrote in their place`() async throws {
        try await withQueue { q in
            try await q.join()
            _ = try await q.queue.enqueue(job("t.one").then(job("t.two", queue: "other")))
            _ = try await q.client.call("SET", q.queue.keys.outgoing, "something else")
            #expect(try await q.queue.finish(reporting: try await only(q), as: .done, by: q.ada) == .endedLeavingWork)
            try await q.queue.carryOver()
            #expect(try await JobQueue("other", client: q.client).statistics().ready == 1)
            let moved = try await q.client.call("KEYS", q.queue.keys.outgoing + ":*").elements.compactMap(\.string)
            #expect(moved.count == 1)
            #expect(try await q.client.call("GET", moved.first ?? "").string == "something else")
        }
    }

    @Test func `are carried over a megabyte at a time`() async throws {
        try await withQueue { q in
            try await q.join()
            let result = JobResult(json: Array("\"\(String(repeating: "x", count: 400_000))\"".utf8))
            for _ in 1...10 {
                _ = try await q.queue.enqueue(job("t.one").then(job("t.two", queue: "other")))
                #expect(try await q.queue.finish(try await only(q), as: .done, result: result, by: q.ada))
            }
            var answer = try await q.client.call("FCALL", "cw_outgoing", "1", q.queue.keys.stream, "-").elements
            #expect(answer.next()?.count == 3)
            #expect(answer.next()?.string?.hasPrefix("(") == true)
            try await q.queue.carryOver()
            #expect(try await q.queue.statistics().outgoing == 0)
            #expect(try await JobQueue("other", client: q.client).statistics().ready == 10)
        }
    }

    @Test func `a member's links are members while they stay in its queue`() async throws {
        try await withQueue { q in
            try await q.join()
            var batch = JobBatch(queue: "q")
            batch.jobs = [job("t.one").then(job("t.two"), job("t.far", queue: "other"))]
            let id = try await q.queue.enqueue(batch)
            for _ in 0..<2 {
                #expect(try await q.queue.batch(id)?.state == .closed)
                #expect(try await q.queue.finish(try await only(q), as: .done, by: q.ada))
            }
            let found = try #require(try await q.queue.batch(id))
            #expect(found.state == .ended && found.total == 2)
        }
    }
}
