import MailRecord
import PostgresClient
import TestSupport
import Testing

@Suite("The warm-up of a transport", .timeLimit(.minutes(2)))
struct WarmUpTests {
    private func isGranted(_ answer: MailWarmUp.Answer) -> Bool { answer == .granted }

    /// Lets the days of the table be so many more ago.
    private func pass(days: Int, _ site: RecordSite) async throws {
        // Backwards, so that no two are the same meanwhile.
        try await site.client.query("DELETE FROM coursework.mail_warm_ups WHERE sent = 0")
        try await site.client.query("UPDATE coursework.mail_warm_ups SET day = day - $1::int", [.integer(days)])
    }

    @Test func `each day on which it sends doubles the next, until it is over`() async throws {
        try await withRecord { site, _ in
            let warmUp = MailWarmUp(site.client, transport: "own", first: 5, end: 40)
            for allowance in [5, 10, 20] {
                #expect(try await warmUp.today().map { [$0.sent, $0.allowance] } == [0, allowance])
                for _ in 1...allowance { #expect(isGranted(try await warmUp.take(1, isBulk: false))) }
                guard case .refused(let told, let nextDay) = try await warmUp.take(1, isBulk: false) else {
                    throw TestFailure("more than \(allowance) were granted")
                }
                #expect(told == allowance && nextDay > .zero && nextDay <= .seconds(86_400))
                // A day without mail makes no difference.
                try await pass(days: 2, site)
            }
            #expect(try await warmUp.take(1, isBulk: true) == .isOver)
            #expect(try await warmUp.today() == nil)
            let another = MailWarmUp(site.client, transport: "another", first: 1, end: 2)
            #expect(isGranted(try await another.take(1, isBulk: false)))
            #expect(!isGranted(try await another.take(1, isBulk: false)))
        }
    }

    @Test func `no more are granted to many that ask at once than to one`() async throws {
        try await withRecord { site, postgres in
            let clients = [site.client, postgres.newClient()]
            defer { clients[1].close() }
            let granted = try await withThrowingTaskGroup { group in
                for number in 1...40 {
                    group.addTask {
                        let warmUp = MailWarmUp(clients[number % 2], transport: "own", first: 11, end: 100)
                        return try await warmUp.take(1, isBulk: false) == .granted
                    }
                }
                return try await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(granted == 11)
        }
    }

    @Test func `bulk leaves a fifth of the day, and what was not sent is given back`() async throws {
        try await withRecord { site, _ in
            let warmUp = MailWarmUp(site.client, transport: "own", first: 10, end: 100)
            for _ in 1...8 { #expect(isGranted(try await warmUp.take(1, isBulk: true))) }
            #expect(!isGranted(try await warmUp.take(1, isBulk: true)))
            for _ in 1...2 { #expect(isGranted(try await warmUp.take(1, isBulk: false))) }
            #expect(!isGranted(try await warmUp.take(1, isBulk: false)))
            try await warmUp.giveBack(1)
            #expect(isGranted(try await warmUp.take(1, isBulk: false)))
            try await warmUp.giveBack(100)
            #expect(isGranted(try await warmUp.take(100, isBulk: true)), "the first of a day may be to many")
            #expect(!isGranted(try await warmUp.take(1, isBulk: false)))
        }
    }
}
