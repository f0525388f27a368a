import JobQueue
import Jobs
import Outbox
import Platform
import PostgresClient
import TestSupport
import Testing

/// What other programs rely on: the rights they need, and what the table accepts.
@Suite("The table", .timeLimit(.minutes(1)))
struct ContractTests {
    @Test func `a role with the documented rights can enqueue, and nothing else`() async throws {
        try await withOutbox { site in
            // Roles belong to the whole server, which other tests share.
            let role = "web_\(try #require(site.database.database))"
            for sql in [
                "CREATE ROLE \(role) LOGIN", "GRANT USAGE ON SCHEMA coursework TO \(role)",
                "GRANT INSERT (id, queue, type, args, run_at, trace), SELECT (id) ON coursework.outbox TO \(role)",
            ] { try await site.sql.query(sql) }
            var configuration = site.database
            configuration.user = role
            let web = PostgresClient(configuration, name: "web", loop: site.loop)
            defer { web.close() }
            let relay = try await TestRelay.start(at: site)

            let rows = try await web.query(
                "INSERT INTO coursework.outbox (queue, type, args) VALUES ('q', 't.x', '{}') RETURNING id::text")
            let id: String = try #require(rows.first)["id"]
            for _ in 0..<2 {
                try await web.query(
                    """
                    INSERT INTO coursework.outbox (id, queue, type) VALUES (md5('welcome-4711')::uuid, 'q', 't.x')
                    ON CONFLICT DO NOTHING
                    """)
            }
            try await site.untilSent(2)
            #expect(try await site.fields("id").contains(id))
            for sql in [
                "SELECT args FROM coursework.outbox", "DELETE FROM coursework.outbox",
                "UPDATE coursework.outbox SET sent_at = now()", "SELECT * FROM coursework.effects",
                "INSERT INTO coursework.outbox (type, sent_at, check_at) VALUES ('t.x', now(), now())",
            ] {
                let error = await #expect(throws: PostgresError.self, "\(sql)") { try await web.query(sql) }
                #expect(error?.state == "42501", "\(sql)")
            }
            try await relay.stop()
            for sql in ["DROP OWNED BY \(role)", "DROP ROLE \(role)"] { try await site.sql.query(sql) }
        }
    }

    @Test(arguments: [
        ("queue", "'Emails'", "queue must be 1 to 64 lower-case letters, digits, _ and -"),
        ("queue", "''", "queue must be 1 to 64"),
        ("queue", "repeat('q', 65)", "queue must be 1 to 64"),
        ("queue", "E'q\\n'", "queue must be 1 to 64"),
        ("queue", "NULL", "null value in column \"queue\""),
        ("type", "'email'", "type must be domain.verb, such as email.send"),
        ("type", "'email..send'", "type must be domain.verb"),
        ("type", "'Email.send'", "type must be domain.verb"),
        ("type", "'a.' || repeat('b', 63)", "type must be domain.verb"),
        ("args", "'{\"a\":'", "invalid input syntax for type json"),
        ("args", "NULL", "null value in column \"args\""),
        ("run_at", "'infinity'", "run_at must be between the years 2000 and 2200"),
        ("run_at", "'2201-01-01'", "run_at must be between"),
        ("trace", "''", "trace must be 1 to 256 letters of ASCII"),
        ("trace", "repeat('a', 257)", "trace must be 1 to 256"),
        ("id", "'no-uuid'", "invalid input syntax for type uuid"),
    ])
    func `refuses what is no job, and says why`(column: String, value: String, message: String) async throws {
        try await withOutbox { site in
            let type = column == "type" ? value : "'t.x'"
            let (more, moreValue) = column == "type" ? ("", "") : (", \(column)", ", \(value)")
            let sql = "INSERT INTO coursework.outbox (type\(more)) VALUES (\(type)\(moreValue))"
            let error = await #expect(throws: PostgresError.self) { try await site.sql.query(sql) }
            #expect(error?.message.contains(message) == true, "\(sql): \(error?.message ?? "")")
        }
    }

    @Test func `every name and type that is one is accepted`() async throws {
        try await withOutbox { site in
            for queue in ["a", "a-b_9", String(repeating: "q", count: 64)] {
                for type in ["a.b", "certificate.issue.pdf", "a." + String(repeating: "b", count: 62)] {
                    #expect(QueueName(queue) != nil && JobType(type) != nil)
                    try await site.sql.query(
                        "INSERT INTO coursework.outbox (queue, type) VALUES ($1, $2)", [.text(queue), .text(type)])
                }
            }
            #expect(try await site.rows() == 9)
        }
    }

    @Test func `our own enqueue writes the same row, once for a key`() async throws {
        try await withOutbox { site in
            let outbox = Outbox(site.sql)
            var job = NewJob("t.x", queue: "q", args: Array(#"{"a":1}"#.utf8))
            job.traceparent = "00-ab-cd-01"
            let plain = try await outbox.enqueue(job)
            job.delay = .seconds(3600)
            job.idempotencyKey = IdempotencyKey("welcome-4711")
            let first = try await outbox.enqueue(job)
            #expect(try await outbox.enqueue(job) == first)
            #expect(first.token != plain.token && first.queue == "q")
            #expect(try await outbox.summary().unsent == 2)
            #expect(try await outbox.summary().queues == ["q"])
            let relay = try await TestRelay.start(at: site)
            try await site.untilSent(2)
            #expect(try await site.fields("id") == [plain.token])
            #expect(try await site.queue().status(of: first)?.state == "scheduled")
            #expect(try await outbox.summary() == Outbox.Summary(sent: 2))
            try await relay.stop()
        }
    }
}
