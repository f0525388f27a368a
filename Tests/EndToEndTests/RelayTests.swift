import Foundation
import Glibc
import ProgramSupport
import TestSupport
import Testing

@Suite("relay", .inTurns)
struct RelayTests {
    @Test func `durable jobs from the shell and from SQL are done, and doctor knows`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev("--diagnostics")
            let shell = try await site.run(
                "enqueue", "diagnostics.noop", "--durable", "--wait", environment: site.devEnvironment)
            #expect(shell.exit == .code(0) && shell.output.contains(" done\n"), "\(shell)")
            let uuid = #/default:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12} done\n/#
            #expect(shell.output.prefixMatch(of: uuid) != nil, "\(shell)")

            let id = try await site.sql(
                "INSERT INTO coursework.outbox (type) VALUES ('diagnostics.noop') RETURNING id")
            let key = "cw:{default}:job:\(id.prefix(36)):end"
            let end = try await site.redisOnDev("BLMOVE", key, key, "LEFT", "LEFT", "40")
            #expect(end.output == "done\n", "\(end)")

            _ = try await site.sql("INSERT INTO coursework.outbox (queue, type) VALUES ('emial', 'a.b')")
            let doctor = try await site.run("doctor", environment: site.devEnvironment)
            #expect(doctor.output.contains("warning  outbox: 1 rows unsent, "), "\(doctor)")
            #expect(
                doctor.output.contains("rows wait for queues that the configuration does not have: emial"), "\(doctor)")
        }
    }

    @Test func `a key enqueues once`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev("--diagnostics")
            var ids: Set<String> = []
            for _ in 0..<2 {
                let done = try await site.run(
                    "enqueue", "diagnostics.noop", "--durable", "--key", "welcome-4711",
                    environment: site.devEnvironment)
                #expect(done.exit == .code(0), "\(done)")
                ids.insert(done.output)
            }
            #expect(ids.count == 1)
            #expect(try await site.sql("SELECT count(*) FROM coursework.outbox") == "1\n")
        }
    }

    @Test func `a relay that is killed is replaced, and its rows are moved once`() async throws {
        try await Site.with(nil, redis: nil) { site in
            let dev = try await site.startDev("--diagnostics")
            for _ in 0..<5 {
                let relay = try #require(
                    ProcessTable.descendants(of: dev.processID).first { ProcessTable.words(of: $0).contains("relay") })
                async let rows = site.sql(
                    "INSERT INTO coursework.outbox (type) SELECT 'diagnostics.noop' FROM generate_series(1, 2000)")
                kill(relay, SIGKILL)
                _ = try await rows
                try await eventually("another relay") {
                    ProcessTable.descendants(of: dev.processID).contains {
                        $0 != relay && ProcessTable.words(of: $0).contains("relay")
                    }
                }
            }
            try await eventually(within: .seconds(40), "all jobs are done") {
                let statistics = try await site.redisOnDev("HGET", "cw:{default}:stats", "done")
                return Int(statistics.output.trimmingCharacters(in: .newlines)) ?? 0 >= 10_000
            }
            let done = try await site.redisOnDev("HGET", "cw:{default}:stats", "done")
            #expect(done.output == "10000\n")
        }
    }

    @Test func `the README's SQL and Python enqueue in the caller's transaction`() async throws {
        try await Site.with(nil, redis: nil) { site in
            let dev = try await site.startDev()
            _ = try await site.sql("CREATE TABLE public.enrolments (course int, learner text)")
            _ = try await site.sql("CREATE ROLE web LOGIN; GRANT INSERT ON public.enrolments TO web")
            for block in try Readme.blocks("sql") where block.contains("GRANT") { _ = try await site.sql(block) }
            for block in try Readme.blocks("sql") where block.contains("enrolments") {
                _ = try await site.sql(block, user: "web")
            }
            let python = try #require(try Readme.blocks("python").first { $0.contains("coursework.outbox") })
            let script = """
                import json, sys, psycopg2
                connection = psycopg2.connect(host=sys.argv[1], user="web", dbname="coursework")
                mail = {"to": "ada@example.org", "subject": "Hi", "text": "Hello"}
                \(python)
                print(job)
                """
            let run = try await site.run(program: "/usr/bin/python3", ["-c", script, site.data + "/postgres"])
            #expect(run.exit == .code(0), "\(run)")
            let job = run.output.trimmingCharacters(in: .newlines)
            _ = try await dev.errors.first("the job is done") { $0.contains(job) && $0.contains(#""done""#) }
            #expect(try await site.sql("SELECT count(*) FROM public.enrolments") == "2\n")
            let mail = try await site.read(mail: "\(site.data)/mail/\(job.replacing(":", with: ".")).eml")
            #expect(mail.headers["to"] == "ada@example.org")
        }
    }

    @Test func `without a database it says what is missing`() async throws {
        try await Site.with { site in
            for words in [["relay"], ["enqueue", "diagnostics.noop", "--durable"]] {
                let finished = try await site.run(program: Product.command, words)
                #expect(finished.exit == .code(78))
                #expect(finished.errors.contains("set DATABASE_URL, or database.url in the configuration."))
            }
        }
    }

    @Test func `announces itself, and drains when it is told to`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev()
            let relay = try await site.start("relay", environment: site.devEnvironment)
            _ = try await relay.errors.first(containing: #""message":"relay ready""#)
            let ended = try await relay.end()
            #expect(ended.exit == .code(0), "\(ended)")
            // Its last line may be read after its end was noticed.
            _ = try await relay.errors.first(containing: #""message":"relay stopped""#)
        }
    }
}
