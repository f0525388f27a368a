import JobTesting
import Jobs
import Synchronization
import Testing

@testable import EmailWorker

/// A transport that does what a test says.
final class FakeTransport: MailTransport {
    let name: String
    let isRemote = true
    private let results: Mutex<[Result<[DeliveryOutcome], TransportFailure>]>
    private let sent = Mutex<[[String]]>([])

    /// - Parameter results: one after another; the last for good.
    init(_ name: String, _ results: Result<[DeliveryOutcome], TransportFailure>...) {
        self.name = name
        self.results = Mutex(results)
    }

    /// The recipients of each mail it was given.
    var mails: [[String]] { sent.withLock { $0 } }

    func send(_ mail: OutgoingMail) async throws(TransportFailure) -> Delivery {
        sent.withLock { $0.append(mail.recipients.map(\.address)) }
        let result = results.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
        let outcomes = try result.get()
        return Delivery(
            place: name, outcomes: mail.recipients.indices.map { $0 < outcomes.count ? outcomes[$0] : .delivered })
    }

    func probe() async throws(TransportFailure) -> String { name }
}

extension Result<[DeliveryOutcome], TransportFailure> {
    static var takes: Self { .success([]) }
    static func fails(_ failure: TransportFailure) -> Self { .failure(failure) }
}

@Suite("The ways out for mail", .timeLimit(.minutes(1)))
struct MailRouteTests {
    private let folder: TestFolder
    private let mail = SendEmail(to: Recipients(addresses: ["ada@school.example"]), subject: "Hi", text: "Hello")

    init() throws { folder = try TestFolder() }

    @Test
    func `the first that works takes the mail`() async throws {
        let (first, second) = (FakeTransport("first", .fails(.unavailable("away"))), FakeTransport("second", .takes))
        let run = await TestJob().run(try SendEmailHandler.test(first, second, folder: folder), mail)
        #expect(run.outcome.isSuccess && first.mails.count == 1 && second.mails.count == 1)
        #expect(run.log.contains { $0.level == .warning && "\($0.fields)".contains("away") })
    }

    @Test
    func `what the mail itself is to blame for is not tried elsewhere`() async throws {
        for outcome in [
            DeliveryOutcome.refused(reason: "No.", .park), .deferred(reason: "Not now.", wait: .byPolicy),
            .ambiguous(reason: "Perhaps."),
        ] {
            let (first, second) = (FakeTransport("first", .success([outcome])), FakeTransport("second", .takes))
            let run = await TestJob().run(try SendEmailHandler.test(first, second, folder: folder), mail)
            #expect(!run.outcome.isSuccess && second.mails.isEmpty)
        }
    }

    @Test
    func `in turns each is the first once`() async throws {
        let ways = [FakeTransport("a", .takes), FakeTransport("b", .takes), FakeTransport("c", .takes)]
        let handler = try SendEmailHandler.test(ways[0], ways[1], ways[2], order: .roundRobin, folder: folder)
        for _ in 1...9 { #expect(await TestJob().run(handler, mail).outcome.isSuccess) }
        #expect(ways.map { $0.mails.count } == [3, 3, 3])
    }

    @Test
    func `one that is away for long is not asked, and the other has all of it`() async throws {
        let (first, second) = (FakeTransport("first", .fails(.unavailable("away"))), FakeTransport("second", .takes))
        let (handler, test) = (try SendEmailHandler.test(first, second, folder: folder), TestJob())
        for _ in 1...30 { #expect(await test.run(handler, mail).outcome.isSuccess) }
        #expect(first.mails.count == 10 && second.mails.count == 30)
        #expect(test.breakers.statuses.map(\.state) == [.open, .closed])
    }

    @Test
    func `a limit is heeded to its end, without a burnt attempt`() async throws {
        let only = FakeTransport("only", .fails(.exhausted("429", retryAfter: .seconds(90))), .takes)
        let (handler, test) = (try SendEmailHandler.test(only, folder: folder), TestJob())
        for passed in [0, 30, 59] {
            let wait = await test.run(handler, mail).outcome.snooze
            #expect(wait.map { $0 >= .seconds(90 - passed) && $0 <= .seconds(91 - passed) } == true, "\(passed)")
            test.clock.advance(by: .seconds(passed == 0 ? 30 : 29))
        }
        #expect(only.mails.count == 1)
        test.clock.advance(by: .seconds(2))
        #expect(await test.run(handler, mail).outcome.isSuccess)
        #expect(test.breakers.statuses.map(\.state) == [.closed])
    }

    @Test
    func `an account that one of two refuses pauses nothing, and is left alone for a while`() async throws {
        let (first, second) = (FakeTransport("first", .fails(.loginRefused("535"))), FakeTransport("second", .takes))
        let (handler, test) = (try SendEmailHandler.test(first, second, folder: folder), TestJob())
        for _ in 1...5 {
            let run = await test.run(handler, mail)
            #expect(run.outcome.isSuccess && !run.hasPausedType)
        }
        #expect(first.mails.count == 1)
        test.clock.advance(by: .seconds(11))
        #expect(await test.run(handler, mail).outcome.isSuccess)
        #expect(first.mails.count == 2)
    }

    @Test
    func `accounts that all refuse pause the type, and are asked again when it is resumed`() async throws {
        let only = FakeTransport("only", .fails(.loginRefused("535 no")), .takes)
        let handler = try SendEmailHandler.test(only, folder: folder)
        let run = await TestJob().run(handler, mail)
        #expect(run.hasPausedType && run.outcome.snooze != nil)
        #expect(run.log.count { $0.level == .critical } == 2)
        #expect(await TestJob().run(handler, mail).outcome.isSuccess)
    }

    @Test
    func `the longer all are away the longer mail waits, and never for long`() async throws {
        let handler = try SendEmailHandler.test(FakeTransport("only", .fails(.unavailable("away"))), folder: folder)
        var test = TestJob()
        var longest: [Duration] = []
        for _ in 1...6 {
            var waits: [Duration] = []
            for _ in 1...60 {
                test.breakers = CircuitBreakers(clock: test.clock)
                waits.append(try #require(await test.run(handler, mail).outcome.snooze))
            }
            #expect(waits.allSatisfy { $0 >= .seconds(1) && $0 <= .seconds(600) })
            longest.append(try #require(waits.max()))
            test.clock.advance(by: .seconds(60))
        }
        #expect(longest[0] <= .seconds(10) && longest[5] > .seconds(60) && longest[5] <= .seconds(300))
    }

    @Test
    func `only those who have not got the mail are tried again`() async throws {
        let everybody = (1...20).map { "a\($0)@school.example" }
        let mail = SendEmail(to: Recipients(addresses: everybody), subject: "Hi", text: "Hello")
        let busy = DeliveryOutcome.deferred(reason: "451 busy.", wait: .unhinted)
        let way = FakeTransport(
            "way", .success([.delivered, busy, .delivered, busy]), .success([.delivered, busy]), .takes)
        let handler = try SendEmailHandler.test(way, folder: folder)
        var test = TestJob()

        let first = await test.run(handler, mail)
        #expect(
            first.outcome.retryReason
                == "2 of 20 recipients were not reached yet, the first a2@school.example: 451 busy.")
        test.checkpoint = first.checkpoints.last
        test.attempt = 2
        let second = await test.run(handler, mail)
        #expect(second.outcome.retryReason?.hasPrefix("1 of 2 recipients") == true)
        test.checkpoint = second.checkpoints.last
        #expect(await test.run(handler, mail).outcome.isSuccess)
        #expect(way.mails == [everybody, ["a2@school.example", "a4@school.example"], ["a4@school.example"]])
    }

    @Test
    func `a mail that some refuse is buried when the others have it, and a replay bothers nobody`() async throws {
        let mail = SendEmail(
            to: Recipients(addresses: (1...3).map { "a\($0)@school.example" }), subject: "Hi", text: "Hello")
        let way = FakeTransport(
            "way",
            .success([.refused(reason: "550 unknown.", .suppress), .delivered, .deferred(reason: "", wait: .byPolicy)]),
            .takes)
        let handler = try SendEmailHandler.test(way, folder: folder)
        var test = TestJob()
        let first = await test.run(handler, mail)
        #expect(first.outcome.retryReason != nil)
        test.checkpoint = first.checkpoints.last
        let second = await test.run(handler, mail)
        let burial = "1 of 3 recipients were refused, the first a1@school.example: 550 unknown."
        #expect(second.outcome.burial == burial)
        test.checkpoint = second.checkpoints.last
        #expect(await test.run(handler, mail).outcome.burial == burial)
        #expect(way.mails.count == 2)
    }

    @Test(arguments: [1, 2, 5, 9])
    func `a refusal for now waits longer each time, and never less than told`(attempt: Int) async throws {
        var test = TestJob()
        test.attempt = attempt
        for (told, least) in [(Duration.zero, 60), (.seconds(3600), 3600), (.seconds(100), 100)] {
            let way = FakeTransport("way", .success([.deferred(reason: "450.", wait: .atLeast(told))]))
            let outcome = await test.run(try SendEmailHandler.test(way, folder: folder), mail).outcome
            guard case .retry(_, let after) = outcome else {
                Issue.record("\(outcome)")
                continue
            }
            #expect(after == .seconds(max(least, min(3600, 60 << (attempt - 1)))))
        }
    }
}
