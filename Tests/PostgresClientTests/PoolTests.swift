import Platform
import PostgresClient
import TestSupport
import Testing

@Suite("A pool of connections", .timeLimit(.minutes(2)))
struct PoolTests {
    @Test func `many callers share few connections`() async throws {
        try await withPostgres { postgres in
            let client = postgres.newClient { $0.connections = 3 }
            defer { client.close() }
            try await withThrowingTaskGroup { group in
                for _ in 0..<60 {
                    group.addTask { try await client.query("SELECT pg_backend_pid() AS id, pg_sleep(0.002)") }
                }
                var backends: Set<Int> = []
                for try await rows in group { backends.insert(try #require(rows.first)["id"]) }
                #expect((1...3).contains(backends.count))
            }
        }
    }

    @Test func `who finds all of them busy waits his turn, but not for ever`() async throws {
        try await withPostgres { postgres in
            let client = postgres.newClient { $0.connections = 1 }
            defer { client.close() }
            let (holder, release) = try await postgres.holdLock()
            let busy = Task { try await client.query("SELECT pg_advisory_xact_lock(1)") }
            try await postgres.waitForLockWaiter()
            let error = await #expect(throws: PostgresError.self) {
                try await client.query("SELECT 1", deadline: .now + .milliseconds(100))
            }
            #expect(error?.code == .unavailable && error?.isTransient == true && error?.mayHaveCommitted == false)
            #expect(error?.message.contains("All 1 connections") == true)
            let patient = Task { try await client.query("SELECT 1") }
            release.complete(with: ())
            #expect(try await patient.value.count == 1)
            #expect(try await busy.value.count == 1)
            try await holder.value
        }
    }

    @Test func `cancelled while it waits for a connection, a task leaves the line`() async throws {
        try await withPostgres { postgres in
            let client = postgres.newClient { $0.connections = 1 }
            defer { client.close() }
            let (holder, release) = try await postgres.holdLock()
            let busy = Task { try await client.query("SELECT pg_advisory_xact_lock(1)") }
            try await postgres.waitForLockWaiter()
            let waiting = Task { try await client.query("SELECT 1") }
            waiting.cancel()
            await #expect(throws: CancellationError.self) { try await waiting.value }
            release.complete(with: ())
            #expect(try await busy.value.count == 1)
            #expect(try await client.query("SELECT 1").count == 1)
            try await holder.value
        }
    }

    @Test func `cancelled while the server works, a task ends, and so does the statement`() async throws {
        try await withPostgres { postgres in
            let client = postgres.newClient { $0.connections = 1 }
            defer { client.close() }
            let (holder, release) = try await postgres.holdLock()
            let busy = Task { try await client.query("SELECT pg_advisory_xact_lock(1)") }
            try await postgres.waitForLockWaiter()
            busy.cancel()
            await #expect(throws: CancellationError.self) { try await busy.value }
            #expect(try await client.query("SELECT 1").count == 1)
            try await eventually("the server gives it up") { try await postgres.lockWaiters() == 0 }
            release.complete(with: ())
            try await holder.value
        }
    }

    @Test func `closed, it takes no more calls`() async throws {
        try await withPostgres { postgres in
            let client = postgres.newClient()
            try await client.query("SELECT 1")
            client.close()
            client.close()
            let error = await #expect(throws: PostgresError.self) { try await client.query("SELECT 1") }
            #expect(error?.code == .closed)
        }
    }

    @Test func `a statement that takes too long is ended by the server`() async throws {
        try await withPostgres { postgres in
            let client = postgres.newClient { $0.statementTimeout = .milliseconds(50) }
            defer { client.close() }
            let error = await #expect(throws: PostgresError.self) { try await client.query("SELECT pg_sleep(60)") }
            #expect(error?.state == .statementTimeout && error?.mayHaveCommitted == false)
        }
    }
}

extension TestPostgres {
    /// Holds an advisory lock until the promise is kept.
    fileprivate func holdLock() async throws -> (Task<Void, any Error>, Promise<Void>) {
        let release = Promise<Void>()
        let held = Promise<Void>()
        let client = client
        let holder = Task {
            try await client.transaction { transaction in
                try transaction.query("SELECT pg_advisory_xact_lock(1)")
                held.complete(with: ())
                while release.value == nil { try transaction.query("SELECT pg_sleep(0.005)") }
            }
        }
        _ = try await value(of: held, "the lock is held")
        return (holder, release)
    }

    fileprivate func lockWaiters() async throws -> Int {
        let rows = try await client.query(
            "SELECT count(*) AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'")
        return try #require(rows.first)["n"]
    }

    fileprivate func waitForLockWaiter() async throws {
        try await eventually("somebody waits for the lock") { try await lockWaiters() == 1 }
    }
}
