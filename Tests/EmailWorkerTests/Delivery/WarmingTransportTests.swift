import Database
import JobTesting
import Jobs
import MailRecord
import TestSupport
import Testing

@testable import EmailWorker

@Suite("A transport that is warmed up", .timeLimit(.minutes(2)))
struct WarmingTransportTests {
    private let folder: TestFolder
    private let mail = SendEmail(to: Recipients(addresses: ["ada@school.example"]), subject: "Hi", text: "Hello")

    init() throws { folder = try TestFolder() }

    private func withWarmUp(first: Int, _ body: (MailWarmUp) async throws -> Void) async throws {
        try await withPostgres { postgres in
            _ = try await Migrator(postgres.configuration, loop: postgres.loop).migrate()
            try await body(MailWarmUp(postgres.client, transport: "new", first: first, end: 1000))
        }
    }

    @Test func `what is beyond its day goes the next way, or waits for the next day, and no attempt is burnt`()
        async throws
    {
        try await withWarmUp(first: 2) { warmUp in
            let (new, old) = (FakeTransport("new", .takes), FakeTransport("old", .takes))
            let both = try SendEmailHandler.test(WarmingTransport(new, warmUp), old, folder: folder)
            for _ in 1...5 { #expect(await TestJob().run(both, mail).outcome.isSuccess) }
            #expect(new.mails.count == 2 && old.mails.count == 3)
            #expect(
                try await WarmingTransport(new, warmUp).probe() == "new It is warmed up: 2 of 2 mails today.")
            let only = try SendEmailHandler.test(WarmingTransport(new, warmUp), folder: folder)
            let wait = try #require(await TestJob().run(only, mail).outcome.snooze)
            #expect(wait <= .seconds(86_400 + 601) && new.mails.count == 2)
        }
    }

    @Test func `bulk that must wait holds up nothing that somebody waits for`() async throws {
        try await withWarmUp(first: 10) { warmUp in
            let new = FakeTransport("new", .takes)
            let handler = try SendEmailHandler.test(WarmingTransport(new, warmUp), folder: folder)
            var bulk = TestJob()
            bulk.id = JobID("notifications:17-0")
            for _ in 1...8 { #expect(await bulk.run(handler, mail).outcome.isSuccess) }
            for _ in 1...3 { #expect(await bulk.run(handler, mail).outcome.snooze != nil) }
            #expect(await TestJob().run(handler, mail).outcome.isSuccess)
        }
    }

    @Test func `a server that takes nothing does not use up the day`() async throws {
        try await withWarmUp(first: 1) { warmUp in
            let new = FakeTransport("new", .fails(.unavailable("away")), .takes)
            let handler = try SendEmailHandler.test(WarmingTransport(new, warmUp), folder: folder)
            #expect(await TestJob().run(handler, mail).outcome.snooze != nil)
            #expect(await TestJob().run(handler, mail).outcome.isSuccess)
            #expect(await TestJob().run(handler, mail).outcome.snooze != nil && new.mails.count == 2)
        }
    }

    @Test func `without a database it takes no mail, and says why`() async throws {
        let new = FakeTransport("new", .takes)
        let run = await TestJob().run(
            try SendEmailHandler.test(WarmingTransport(new, nil), folder: folder), mail)
        #expect(run.outcome.snooze != nil && new.mails.isEmpty)
        #expect(run.log.contains { "\($0.fields)".contains("set DATABASE_URL") })
    }
}
