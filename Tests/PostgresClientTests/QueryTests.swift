import Platform
import PostgresClient
import TestSupport
import Testing

@Suite("Statements", .timeLimit(.minutes(2)))
struct QueryTests {
    @Test func `values come back as they went`() async throws {
        try await withPostgres { postgres in
            let texts = [
                "", "plain", "ünïcödé 🎓", #"quote ' " \ {a,b} NULL"#, "line\nend", "\u{1}",
                String(repeating: "é", count: 1 << 20),
            ]
            for text in texts { #expect(try await postgres.echo(.text(text), "text") == text) }
            let blobs: [[UInt8]] = [[], [0], Array(0...255), [UInt8](repeating: 0xAB, count: 3 << 20)]
            for bytes in blobs { #expect(try await postgres.echo(.bytes(bytes), "bytea") == bytes) }
            for number in [0, -1, Int.max, Int.min] {
                #expect(try await postgres.echo(.integer(number), "bigint") == number)
            }
            for number in [0.1, -1e300, .infinity, -.infinity, .leastNonzeroMagnitude] {
                #expect(try await postgres.echo(.double(number), "float8") == number)
            }
            let nan: Double = try await postgres.echo(.double(.nan), "float8")
            #expect(nan.isNaN)
            for flag in [true, false] { #expect(try await postgres.echo(.bool(flag), "boolean") == flag) }
            #expect(try await postgres.echo(.null, "text") as String? == nil)
            #expect(try await postgres.echo(.json(Array(#"{"a": [1, "é"]}"#.utf8)), "jsonb") == #"{"a": [1, "é"]}"#)
            let id = "0f0e0d0c-0b0a-4908-8706-050403020100"
            #expect(try await postgres.echo(.text(id), "uuid") == id)
        }
    }

    @Test func `many rows go in one statement`() async throws {
        try await withPostgres { postgres in
            try await postgres.client.query("CREATE TABLE t (id bigint, name text)")
            let names: [String?] = [#"a"b\c"#, "", nil, "NULL", "{,}", "ü"] + (0..<5000).map { "n\($0)" }
            let inserted = try await postgres.client.query(
                "INSERT INTO t SELECT * FROM unnest($1::bigint[], $2::text[])",
                [.integers(names.indices.map { $0 }), .texts(names)])
            #expect(inserted.affected == names.count)
            let rows = try await postgres.client.query("SELECT name FROM t ORDER BY id")
            #expect(try rows.map { try $0["name"] as String? } == names)
        }
    }

    @Test func `a zero byte is refused, and the connection goes on`() async throws {
        try await withPostgres { postgres in
            let error = await #expect(throws: PostgresError.self) {
                try await postgres.client.query("SELECT $1::text", ["a\0b"])
            }
            #expect(error?.code == .invalidParameter && error?.message.contains("$1") == true)
            await #expect(throws: PostgresError.self) { try await postgres.client.query("SELECT 1\0") }
            let one: Int = try await postgres.echo(.integer(1), "int")
            #expect(one == 1)
        }
    }

    @Test func `what a row does not hold is a clear error`() async throws {
        try await withPostgres { postgres in
            let row = try #require(try await postgres.client.query("SELECT NULL AS nothing, 'x' AS word").first)
            func message<Value: PostgresDecodable>(_ column: String, as: Value.Type) -> String? {
                #expect(throws: PostgresError.self) { let _: Value = try row[column] }?.message
            }
            #expect(message("other", as: Int.self) == "The answer has no column 'other'.")
            #expect(message("nothing", as: Int.self) == "The column 'nothing' holds NULL, not Int.")
            #expect(message("word", as: Int.self) == "The column 'word' holds something else, not Int.")
            #expect(throws: PostgresError.self) { let _: Int = try row[2] }
            #expect(try row[1] == "x")
        }
    }

    @Test func `a statement is prepared once, and only so many are kept`() async throws {
        try await withPostgres { postgres in
            let client = postgres.newClient {
                $0.connections = 1
                $0.preparedStatements = 3
            }
            defer { client.close() }
            for number in 0..<10 {
                try await client.query("SELECT 'often'")
                try await client.query("SELECT \(number)")
            }
            let kept = try await client.query("SELECT name, statement FROM pg_prepared_statements")
            #expect(kept.count == 3)
            let often = try #require(try kept.first { try $0["statement"] == "SELECT 'often'" })
            #expect(try often["name"] == "s1")
        }
    }

    @Test func `a statement that is used a lot is prepared anew, as its table may have grown`() async throws {
        try await withPostgres { postgres in
            let client = postgres.newClient { $0.connections = 1 }
            defer { client.close() }
            let sql = "SELECT $1::int AS number"
            var names: [String] = []
            for number in 1...70 {
                _ = try await client.query(sql, [.integer(number)])
                let kept = try await client.query(
                    "SELECT name FROM pg_prepared_statements WHERE statement = $1", [.text(sql)])
                #expect(kept.count == 1)
                names.append(try kept[0]["name"])
            }
            let renewals = names.indices.dropFirst().filter { names[$0] != names[$0 - 1] }.map { $0 + 1 }
            #expect(renewals.count == 2 && renewals[0] >= 16 && renewals[1] >= 64)
        }
    }

    @Test func `a prepared statement whose table changed is prepared anew`() async throws {
        try await withPostgres { postgres in
            let client = postgres.newClient { $0.connections = 1 }
            defer { client.close() }
            try await client.query("CREATE TABLE t AS SELECT 1 AS a")
            #expect(try await client.query("SELECT * FROM t").count == 1)
            try await client.query("ALTER TABLE t ADD b int")
            let b: Int? = try #require(try await client.query("SELECT * FROM t").first)["b"]
            #expect(b == nil)
            try await client.query("ALTER TABLE t ADD c int")
            let rows = try await client.transaction { try $0.query("SELECT * FROM t").count }
            #expect(rows == 1)
        }
    }

    @Test func `the server's refusal has its state, and the connection goes on`() async throws {
        try await withPostgres { postgres in
            try await postgres.client.query("CREATE TABLE t (id int PRIMARY KEY)")
            try await postgres.client.query("INSERT INTO t VALUES (4711)")
            let error = await #expect(throws: PostgresError.self) {
                try await postgres.client.query("INSERT INTO t VALUES (4711)")
            }
            #expect(error?.state == .uniqueViolation && error?.isTransient == false && error?.mayHaveCommitted == false)
            // A person's data has no place in a message.
            #expect(error?.message.contains("4711") == false)
            #expect(try await postgres.client.query("SELECT * FROM t").count == 1)
        }
    }
}

extension TestPostgres {
    /// Sends a value and gets it back.
    fileprivate func echo<Value: PostgresDecodable & Sendable>(_ value: PostgresValue, _ type: String) async throws
        -> Value
    {
        try #require(try await client.query("SELECT $1::\(type) AS value", [value]).first)["value"]
    }
}
