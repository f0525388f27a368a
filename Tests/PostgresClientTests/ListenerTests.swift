import Logging
import Platform
import PostgresClient
import TestSupport
import Testing

@Suite("A listener", .timeLimit(.minutes(2)))
struct ListenerTests {
    @Test func `wakes at its start and for every notification, also after the server was away`() async throws {
        try await withPrivatePostgres { postgres in
            let client = postgres.newClient { $0.waitTimeout = .seconds(30) }
            defer { client.close() }
            let channel = "odd \"name\""
            let notify = "NOTIFY \(PostgresIdentifier.quoted(channel))"
            let listener = try PostgresListener(postgres.configuration, channel: channel, logger: .silent)
            let woken = Tally<String>()
            let reader = Task { for await _ in listener.wakeUps { woken.add("up") } }
            try await eventually("it has connected") { woken.total == 1 }
            try await client.query(notify)
            try await eventually("it hears") { woken.total == 2 }
            await postgres.kill()
            try await postgres.start()
            try await eventually("it has connected again") { woken.total == 3 }
            try await client.query(notify)
            try await eventually("it hears again") { woken.total == 4 }
            listener.stop()
            await reader.value
        }
    }

    @Test func `says why it hears nothing`() async throws {
        try await withPostgres { postgres in
            let log = CollectedLog()
            var configuration = postgres.configuration
            configuration.database = "nowhere"
            let listener = try PostgresListener(
                configuration, channel: "c", logger: Logger(level: .debug, sink: log))
            defer { listener.stop() }
            try await eventually("it logs") { log.lines.contains { $0.message.contains("has no database 'nowhere'") } }
        }
    }
}
