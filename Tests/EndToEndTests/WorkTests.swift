import Foundation
import Glibc
import LocalServers
import ProgramSupport
import Testing

@Suite("work, where something is wrong with Redis", .inTurns)
struct WorkAndRedisTests {
    @Test func `waits for an absent Redis without using the processor, and begins when it comes`() async throws {
        try await Site.with(redis: nil, isClosed: false) { site in
            let worker = try await site.start("work")
            _ = try await worker.errors.first(containing: "Redis trouble")
            let before = ProcessTable.ticks(of: worker.processID)
            // The one wait for time here: processor time is measured over it.
            try await Task.sleep(for: .milliseconds(1500))
            #expect(ProcessTable.ticks(of: worker.processID) - before <= 8)
            #expect(worker.errors.all.count { $0.contains("Redis trouble") } == 1)

            try await site.startRedis()

            _ = try await worker.errors.first(containing: #""message":"ready""#)
            let ended = try await worker.end()
            #expect(ended.exit == .code(0), "\(ended)")
        }
    }

    @Test(arguments: [SIGTERM, SIGINT])
    func `ends when told to while it waits for an absent Redis`(signal: Int32) async throws {
        try await Site.with(redis: nil) { site in
            let worker = try await site.start("work")
            _ = try await worker.errors.first(containing: "Redis trouble")
            let ended = try await worker.end(by: signal, within: .seconds(10))
            #expect(ended.exit == .code(0), "\(ended)")
        }
    }

    @Test func `goes on when Redis comes back empty`() async throws {
        // Where it is closed, somebody must bring the functions: see the next test.
        try await Site.with(isClosed: false) { site in
            let worker = try await site.startWorker()
            let first = try await site.add("diagnostics.noop")
            #expect(try await site.end(of: first) == "done")
            try await site.redis("FLUSHALL")
            try await site.redis("FUNCTION", "FLUSH")
            let second = try await site.add("diagnostics.noop")
            #expect(try await site.end(of: second) == "done")
            #expect(worker.isRunning)
        }
    }

    @Test func `waits for the functions where it may not bring them`() async throws {
        try await Site.with { site in
            let worker = try await site.startWorker()
            site.expectDenials()
            try await site.redis("FUNCTION", "FLUSH")
            let token = try await site.add("diagnostics.noop")
            let trouble = try await worker.errors.first(containing: "run coursework redis load first")
            #expect(trouble.contains("the Redis user 'worker' may not bring them"), "\(trouble)")
            let doctor = try await site.run("doctor").output
            #expect(doctor.contains("warning  functions: None are loaded: run coursework redis load."), "\(doctor)")
            let loaded = try await site.run("redis", "load")
            #expect(loaded.exit == .code(0) && loaded.output.hasPrefix("version "), "\(loaded)")
            #expect(try await site.end(of: token) == "done")
            #expect(worker.isRunning)
        }
    }

    @Test func `refuses a Redis that deletes keys`() async throws {
        try await Site.with(redis: .inMemory("--maxmemory-policy", "allkeys-lru")) { site in
            let worker = try await site.run("work")
            #expect(worker.exit == .code(78))
            #expect(
                worker.errors == """
                    coursework: Redis at unix://\(site.socket) deletes keys when its memory is full \
                    (maxmemory-policy allkeys-lru), and jobs are keys: set maxmemory-policy noeviction, \
                    on a Redis that is not a cache.

                    """)
        }
    }

    @Test func `refuses an old Redis`() async throws {
        try await Site.with(redis: nil) { site in
            let socket = site.folder + "/old.sock"
            let old = try await site.start(
                program: "/usr/bin/python3", [Product.root + "/Tests/Tools/old_redis.py", socket], input: .open)
            _ = try await old.output.first(containing: "ready")
            let worker = try await site.run("work", environment: ["REDIS_URL": "unix://\(socket)"])
            #expect(worker.exit == .code(78))
            #expect(
                worker.errors == """
                    coursework: Redis at unix://\(socket) is 6.2.14 and Coursework needs 7.0 or newer (functions): \
                    upgrade it.

                    """)
        }
    }

    @Test(arguments: ["unix://", "unix://:wrong-secret@"])
    func `ends at once without the right password, and never prints one`(start: String) async throws {
        try await Site.with(redis: nil) { site in
            // Not through the site: our own first PING has no password either.
            let redis = try await site.start(
                program: "redis-server",
                ["--port", "0", "--unixsocket", site.folder + "/p.sock", "--requirepass", "right-secret"]
                    + ["--dir", site.folder, "--save", ""])
            _ = try await redis.output.first(containing: "eady to accept connections")
            let worker = try await site.run("work", environment: ["REDIS_URL": start + site.folder + "/p.sock"])
            #expect(worker.exit == .code(78), "\(worker)")
            #expect(worker.errors.contains("password"), "\(worker)")
            #expect(!worker.errors.contains("secret"))
            let right = try await site.start(
                "work", environment: ["REDIS_URL": "unix://:right-secret@\(site.folder)/p.sock"])
            _ = try await right.errors.first(containing: #""message":"ready""#)
            #expect(!right.errors.text.contains("secret"))
        }
    }

    @Test func `serves its other queues beside a key that is no queue`() async throws {
        try await Site.with { site in
            try await site.redis("SET", "cw:{default}", "something else")
            let worker = try await site.startWorker()
            let token = try await site.add("diagnostics.noop", to: "notifications")
            #expect(try await site.end(of: token, in: "notifications") == "done")
            #expect(
                worker.errors.text.contains(
                    """
                    The key cw:{default} is not a queue: something else is stored under that name, or under \
                    cw:{default}:admitted. \
                    This worker serves its other queues; rename or delete the key.
                    """))
            #expect(try await site.redis("GET", "cw:{default}") == "something else")
            #expect(worker.isRunning)
            let ended = try await worker.end()
            #expect(ended.exit == .code(0), "\(ended)")
        }
    }
}

@Suite("work, where something is wrong with the configuration", .inTurns)
struct WorkAndConfigurationTests {
    @Test func `names every mistake with its line`() async throws {
        let configuration = """
            {
                queues: ["emails"],
                pools: { main: { queues: ["emails"], slot: 4 } },
                lease: { duration: "15" },
            }
            """
        try await Site.with(configuration, redis: nil) { site in
            let worker = try await site.run("work")
            #expect(worker.exit == .code(78))
            let file = site.folder + "/coursework.json5"
            let lines = worker.errors.split(separator: "\n")
            #expect(lines.count == 2, "\(worker)")
            #expect(lines.first?.hasPrefix("coursework: \(file):3: ") == true, "\(worker)")
            #expect(lines.first?.contains("'slot'") == true && lines.first?.contains("'slots'") == true, "\(worker)")
            #expect(lines.last?.contains("\(file):4: ") == true, "\(worker)")
        }
    }

    @Test func `names the pools there are`() async throws {
        try await Site.with(redis: nil) { site in
            let worker = try await site.run("work", "--pool", "nope")
            #expect(worker.exit == .code(78))
            #expect(
                worker.errors == "coursework: There is no pool 'nope' in the configuration; there is main.\n")
        }
    }

    @Test func `names a file that is not there`() async throws {
        try await Site.with(redis: nil) { site in
            let file = site.folder + "/none.json5"
            let worker = try await site.run("work", "--config", file)
            #expect(worker.exit == .code(78))
            #expect(worker.errors.hasPrefix("coursework: \(file)"), "\(worker)")
        }
    }
}
