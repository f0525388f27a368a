import EffectLedger
import MailRecord
import PostgresClient
import TestSupport
import Testing

@Suite("Attempts to send a mail", .timeLimit(.minutes(2)))
struct AttemptTests {
    @Test func `one that was sent is sent for everybody who asks later`() async throws {
        try await withRecord { site, _ in
            let entry = MailEntry.test()
            let tickets = try await site.proceed(entry)
            let results = tickets.map { MailResult($0, .sent, transport: "smtp:mail.example") }
            let late = try await site.record.finish(results)
            let again = try await site.record.finish(results)
            #expect(late.isEmpty && again.isEmpty)
            for policy in [AmbiguityPolicy.atMostOnce, .atLeastOnce] {
                let next = try await site.record.begin(.test(policy: policy))
                #expect(next == [.ended(.sent, reason: nil)])
            }
            #expect(try await site.events() == [])
        }
    }

    @Test func `of several recipients each has an end of his own, and only who is left is tried again`() async throws {
        try await withRecord { site, _ in
            let entry = MailEntry.test(to: "Ada@school.example", "bob@school.example", "cy@school.example")
            let tickets = try await site.proceed(entry)
            try await site.record.finish([
                MailResult(tickets[0], .sent),
                MailResult(tickets[1], .refused(reason: "No such user.", suppresses: true)),
                MailResult(tickets[2], .deferred(reason: "Come back later.")),
            ])
            let states = try await site.states()
            #expect(
                states == [
                    "ada@school.example": "sent", "bob@school.example": "refused", "cy@school.example": "queued",
                ])
            let next = try await site.record.begin(entry)
            #expect(next[0] == .ended(.sent, reason: nil))
            #expect(next[1] == .ended(.refused, reason: "No such user."))
            guard case .proceed = next[2] else { throw TestFailure("\(next[2])") }
            #expect(try await site.events() == ["refused by worker", "deferred by worker"])
            #expect(try await site.suppressions() == ["bob@school.example * hard_bounce"])
        }
    }

    @Test func `left open by a job that died, at most once: it is ambiguous until somebody says more`() async throws {
        try await withRecord { site, _ in
            let frozen = try await site.proceed(.test())
            for _ in 0..<2 {
                let next = try await site.record.begin(.test())
                let isAmbiguous = next.map(\.isAmbiguous)
                #expect(isAmbiguous == [true])
            }
            #expect(try await site.states() == ["ada@school.example": "ambiguous"])
            // It was frozen, not dead, and knows how it ended.
            let late = try await site.record.finish([MailResult(frozen[0], .sent)])
            #expect(late.isEmpty)
            let next = try await site.record.begin(.test())
            #expect(next == [.ended(.sent, reason: "The attempt that handed it over never told how that ended.")])
        }
    }

    @Test func `one that comes back late and was not sent leaves that to a person, whose job has ended`() async throws {
        try await withRecord { site, _ in
            let frozen = try await site.proceed(.test())
            _ = try await site.record.begin(.test())
            try await site.record.finish([MailResult(frozen[0], .withdrawn)])
            let mail = try await site.record.find(.key("emails:1-0"))
            #expect(mail.map(\.state) == [.ambiguous])
            #expect(mail.map(\.reason) == ["The attempt came back late: it was not sent."])
        }
    }

    @Test func `left open by a job that died, at least once: the next takes it over`() async throws {
        try await withRecord { site, _ in
            let dead = try await site.proceed(.test(policy: .atLeastOnce))
            let next = try await site.proceed(.test(policy: .atLeastOnce))
            #expect(dead != next)
            let superseded = try await site.record.finish([MailResult(dead[0], .refused(reason: "", suppresses: false))]
            )
            #expect(superseded == Set(dead))
            try await site.record.finish([MailResult(next[0], .ambiguous(reason: "It hung up."))])
            #expect(try await site.states() == ["ada@school.example": "ambiguous"])
            let third = try await site.proceed(.test(policy: .atLeastOnce))
            try await site.record.finish([MailResult(third[0], .sent)])
            #expect(try await site.states() == ["ada@school.example": "sent"])
        }
    }

    @Test func `without the record, a mail is begun again`() async throws {
        // The control is in FaultTests; here: another mail, or another recipient, is another row.
        try await withRecord { site, _ in
            _ = try await site.proceed(.test(1))
            _ = try await site.proceed(.test(2))
            let more = try await site.record.begin(.test(1, to: "bob@school.example", "ada@school.example"))
            guard case .proceed = more[0] else { throw TestFailure("\(more)") }
            #expect(more[1].isAmbiguous)
        }
    }

    @Test func `hundreds at once are written in groups, and each hears of its own`() async throws {
        try await withRecord { site, _ in
            let sent = try await withThrowingTaskGroup { group in
                for number in 1...300 {
                    group.addTask {
                        let tickets = try await site.proceed(.test(number, to: "user\(number)@school.example"))
                        try await site.record.finish([MailResult(tickets[0], .sent)])
                    }
                }
                // The same mail twice at once: one of them sends.
                for _ in 0..<2 { group.addTask { _ = try await site.record.begin(.test(301)) } }
                return try await group.reduce(into: 0) { count, _ in count += 1 }
            }
            #expect(sent == 302)
            let states = try await site.states()
            #expect(states.values.count { $0 == "sent" } == 300)
            #expect(states["ada@school.example"] == "ambiguous")
        }
    }

    @Test func `one that cannot be written does not spoil the others of its group`() async throws {
        try await withRecord { site, _ in
            let outcomes = await withTaskGroup { group in
                for number in 1...50 {
                    group.addTask {
                        let recipient = number == 25 ? "" : "user\(number)@school.example"
                        return (try? await site.proceed(.test(number, to: recipient))) != nil
                    }
                }
                return await group.reduce(into: [:]) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == [true: 49, false: 1])
        }
    }

    @Test(arguments: [true, false])
    func `cut off around its answer, an announcement is found out`(isWritten: Bool) async throws {
        try await withRecord { _, postgres in
            let proxy = try FaultProxy(to: postgres.configuration)
            defer { proxy.stop() }
            let client = PostgresClient(proxy.configuration, name: "cut", loop: postgres.loop)
            defer { client.close() }
            let record = MailRecord(client, persistence: Persistence(pause: .milliseconds(5)))
            proxy.set(isWritten ? .cutAnswer(containing: "emails:1-0") : .cutRequest(containing: "emails:1-0"))
            let task = Task { try await record.begin(.test()) }
            try await eventually("it was cut off") { proxy.cuts >= 2 }
            proxy.set(.none)
            guard case .proceed(let ticket) = try await task.value[0] else {
                Issue.record("its own row is no reason to stop")
                return
            }
            let late = try await record.finish([MailResult(ticket, .sent)])
            #expect(late.isEmpty)
        }
    }
}
