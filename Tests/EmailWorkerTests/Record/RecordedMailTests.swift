import Database
import JobTesting
import Jobs
import MailRecord
import PostgresClient
import TestSupport
import Testing

@testable import EmailWorker

/// What the job comes to when its mail is recorded.
@Suite("Mail that is recorded", .timeLimit(.minutes(2)))
struct RecordedMailTests {
    private let folder: TestFolder
    private let mail = SendEmail(
        to: Recipients(addresses: (1...3).map { "a\($0)@school.example" }), subject: "Hi", text: "Hello")

    init() throws { folder = try TestFolder() }

    private func withLog(_ body: (RecordLog) async throws -> Void) async throws {
        try await withPostgres { postgres in
            _ = try await Migrator(postgres.configuration, loop: postgres.loop).migrate()
            try await body(
                RecordLog(record: MailRecord(postgres.client), repeatedTemplates: ["password-reset"]))
        }
    }

    private func handler(_ way: FakeTransport, _ log: RecordLog) throws -> SendEmailHandler {
        let plain = try SendEmailHandler.test(way, folder: folder)
        return SendEmailHandler(composer: plain.composer, route: plain.route, log: log)
    }

    @Test func `only who is left is tried again, a replay tries who was refused, and nothing is saved in Redis`()
        async throws
    {
        try await withLog { log in
            let way = FakeTransport(
                "way",
                .success([
                    .refused(reason: "554 no.", .park), .delivered, .deferred(reason: "451.", wait: .byPolicy),
                ]), .takes)
            let handler = try handler(way, log)
            var test = TestJob()
            let first = await test.run(handler, mail)
            #expect(first.outcome.retryReason != nil && first.checkpoints.isEmpty)
            test.attempt = 2
            let second = await test.run(handler, mail)
            #expect(second.outcome.burial == "1 of 3 recipients were refused, the first a1@school.example: 554 no.")
            test.attempt = 1
            #expect(await test.run(handler, mail).outcome.isSuccess)
            #expect(await test.run(handler, mail).outcome.isSuccess)
            #expect(way.mails.map(\.count) == [3, 1, 1])
        }
    }

    @Test func `a doubt is buried with the way out, or tried again where the policy says so`() async throws {
        try await withLog { log in
            let way = FakeTransport("way", .success([.ambiguous(reason: "It hung up.")]))
            var mail = SendEmail(to: Recipients(addresses: ["ada@school.example"]), subject: "Hi", text: "Hello")
            var test = TestJob()
            test.id = JobID("emails:17-0")
            let outcome = await test.run(try handler(way, log), mail).outcome
            #expect(
                outcome.burial
                    == "It hung up. Find out, then: coursework mail resolve emails:17-0 --sent or --not-sent.")
            let again = await test.run(try handler(way, log), mail).outcome
            #expect(again.burial?.contains("--not-sent") == true && way.mails.count == 1)
            mail.atLeastOnce = true
            mail.key = "reset:4711"
            for _ in 1...2 { #expect(await test.run(try handler(way, log), mail).outcome.retryReason == "It hung up.") }
            #expect(way.mails.count == 3)
        }
    }

    @Test func `an address that does not exist gets one mail, and no more`() async throws {
        try await withLog { log in
            let way = FakeTransport("way", .success([.refused(reason: "550 unknown.", .suppress)]))
            var mail = SendEmail(to: Recipients(addresses: ["nobody@school.example"]), subject: "Hi", text: "Hello")
            #expect(await TestJob().run(try handler(way, log), mail).outcome.burial == "550 unknown.")
            mail.key = "another"
            guard case .discard(let reason) = await TestJob().run(try handler(way, log), mail).outcome else {
                throw TestFailure("it was not discarded")
            }
            #expect(reason == "The address is suppressed: hard_bounce: 550 unknown.")
            mail.overrideSuppression = "He says that it exists now."
            #expect(await TestJob().run(try handler(way, log), mail).outcome.burial == "550 unknown.")
            #expect(way.mails.count == 2)
        }
    }

    @Test func `whoever left a list gets no mail of it, and other mail still`() async throws {
        try await withLog { log in
            let way = FakeTransport("way", .takes)
            try await log.record.add(
                Suppression("ada@school.example", scope: "weekly-digest", reason: .unsubscribe, source: "reader"))
            let handler = SendEmailHandler(
                composer: try TestComposer(folder).composer, route: MailRoute([way], order: .failover), log: log)
            var mail = SendEmail.plain
            (mail.list, mail.key) = ("weekly-digest", "digest:1")
            guard case .discard(let reason) = await TestJob().run(handler, mail).outcome else {
                throw TestFailure("it was not discarded")
            }
            #expect(reason.hasPrefix("The address is suppressed: unsubscribe") && way.mails.isEmpty)
            (mail.list, mail.key) = ("course-news", "news:1")
            #expect(await TestJob().run(handler, mail).outcome.isSuccess)
            #expect(await TestJob().run(handler, .plain).outcome.isSuccess)
            #expect(way.mails.count == 2)
        }
    }

    @Test func `while no transport takes mail, nothing is in doubt`() async throws {
        try await withLog { log in
            let way = FakeTransport("way", .fails(.unavailable("away")), .takes)
            let first = await TestJob().run(try handler(way, log), mail).outcome
            guard case .snooze = first else { throw TestFailure("\(first)") }
            #expect(await TestJob().run(try handler(way, log), mail).outcome.isSuccess)
        }
    }

    @Test func `a key that is none is buried`() async throws {
        try await withLog { log in
            var mail = mail
            mail.key = ""
            let outcome = await TestJob().run(try handler(FakeTransport("way", .takes), log), mail).outcome
            #expect(outcome.burial == "The 'key' of the mail cannot be used; give it 1 to 500 characters.")
        }
    }

    @Test func `without a database mail is sent, and that is said once`() async throws {
        let handler = try SendEmailHandler.test(FakeTransport("way", .takes), folder: folder)
        let runs = [await TestJob().run(handler, mail), await TestJob().run(handler, mail)]
        #expect(runs.map { $0.log.count { $0.message.hasPrefix("Mail is sent without a record") } } == [1, 0])
    }
}
