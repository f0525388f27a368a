import DeliveryReports
import MailRecord
import TestSupport
import Testing

@Suite("Reports on mail that was sent", .timeLimit(.minutes(2)))
struct ReportTests {
    private let messageID = "<emails.1-0@school.example>"
    private let unknownUser = EnhancedStatus(5, 1, 1)

    @Test func `a bounce that denies the address is noted once, and ends its mail`() async throws {
        try await withRecord { site, _ in
            try await site.send(.test())
            let report = DeliveryReport(
                .bounced, recipients: ["Ada@School.example"], messageID: messageID, status: unknownUser, reason: "No.")
            let first = try await site.record.note([report], source: "dsn")
            let second = try await site.record.note([report], source: "dsn")
            #expect(first.noted == 1 && first.suppressed == 1 && second.known == 1 && second.noted == 0)
            #expect(try await site.states() == ["ada@school.example": "bounced"])
            #expect(try await site.events() == ["bounced by dsn"])
            #expect(try await site.suppressions() == ["ada@school.example * hard_bounce"])
            let next = try await site.record.begin(.test(2))
            #expect(next == [.suppressed(reason: "hard_bounce: No.")])
        }
    }

    @Test func `one about no mail of ours, or about somebody else, suppresses nobody`() async throws {
        try await withRecord { site, _ in
            try await site.send(.test(to: "ada@school.example", "bob@school.example"))
            try await site.send(.test(2))
            let noted = try await site.record.note(
                [
                    DeliveryReport(.bounced, recipients: ["ada@school.example"], messageID: nil, status: unknownUser),
                    DeliveryReport(
                        .bounced, recipients: ["ada@school.example"], messageID: "<x@y>", status: unknownUser),
                    DeliveryReport(
                        .bounced, recipients: ["eve@school.example"], messageID: messageID, status: unknownUser),
                    // Forwarded, and refused there.
                    DeliveryReport(
                        .bounced, recipients: ["elsewhere@example.net"], messageID: "<emails.2-0@school.example>",
                        status: unknownUser),
                ], source: "dsn")
            #expect(noted.unknown == 3 && noted.noted == 1 && noted.suppressed == 0)
            #expect(try await site.suppressions() == [])
        }
    }

    @Test func `one that quotes nothing is known by the address it was sent to`() async throws {
        try await withRecord { site, _ in
            try await site.send(.test())
            try await site.send(.test(11))
            var report = DeliveryReport(
                .bounced, recipients: ["ada@school.example"], messageID: "<rewritten@gateway.example>",
                status: unknownUser)
            for (name, noted) in [("emails.2-0", 0), ("emails.1", 0), ("%", 0), ("emails.1-0", 1)] {
                report.mailName = name
                #expect(try await site.record.note([report], source: "dsn").noted == noted, "\(name)")
            }
            #expect(try await site.suppressions() == ["ada@school.example * hard_bounce"])
            let bounced = try await site.record.find(.key("emails:1-0"))
            #expect(bounced.map(\.state) == [.bounced])
        }
    }

    @Test func `an address that does not exist gets mail again after a time, unless it is suppressed for longer`()
        async throws
    {
        try await withRecord { site, _ in
            let bounce = DeliveryReport(
                .bounced, recipients: ["ada@school.example"], messageID: messageID, status: unknownUser)
            func days() async throws -> Double? {
                try await site.record.suppressions(of: "ada@school.example", limit: 1).first?.expires
                    .map { ($0.timeIntervalSinceNow / 86_400).rounded() }
            }
            let tickets = try await site.proceed(.test())
            try await site.record.finish([MailResult(tickets[0], .refused(reason: "550.", suppresses: true))])
            #expect(try await days() == 180)
            let shorter = MailRecord(site.client, hardBounceExpiry: .seconds(30 * 86_400))
            #expect(try await shorter.note([bounce], source: "dsn").noted == 1)
            #expect(try await days() == 180)
            let longer = MailRecord(site.client, hardBounceExpiry: .seconds(365 * 86_400))
            #expect(try await longer.note([bounce], source: "another").noted == 1)
            #expect(try await days() == 365)
            try await site.record.add(Suppression("ada@school.example", reason: .manual, source: "somebody"))
            #expect(try await longer.note([bounce], source: "a third").noted == 1)
            #expect(try await site.suppressions() == ["ada@school.example * manual"])
            try await site.client.query(
                "UPDATE coursework.mail_suppressions SET reason = 'hard_bounce', expires_at = now() - interval '1 s'")
            _ = try await site.proceed(.test(2))
        }
    }

    @Test func `a delivery tells that an ambiguous mail was sent`() async throws {
        try await withRecord { site, _ in
            let tickets = try await site.proceed(.test())
            try await site.record.finish([MailResult(tickets[0], .ambiguous(reason: "It hung up."))])
            let report = DeliveryReport(.delivered, recipients: ["ada@school.example"], messageID: messageID)
            _ = try await site.record.note([report], source: "sendgrid")
            #expect(try await site.states() == ["ada@school.example": "sent"])
            #expect(try await site.events() == ["ambiguous by worker", "delivered by sendgrid"])
        }
    }

    @Test func `who unsubscribes from a list gets none of its mail, and his receipts`() async throws {
        try await withRecord { site, _ in
            var digest = MailEntry.test(1)
            digest.list = "weekly-digest"
            try await site.send(digest)
            let report = DeliveryReport(.unsubscribed, recipients: ["ada@school.example"], messageID: messageID)
            _ = try await site.record.note([report], source: "sendgrid")
            #expect(try await site.suppressions() == ["ada@school.example weekly-digest unsubscribe"])
            var next = MailEntry.test(2)
            next.list = "weekly-digest"
            let beginning = try await site.record.begin(next)
            #expect(beginning == [.suppressed(reason: "unsubscribe")])
            _ = try await site.proceed(.test(3))
        }
    }

    @Test func `who complains gets no mail, but what somebody overrides with a reason`() async throws {
        try await withRecord { site, _ in
            try await site.send(.test())
            _ = try await site.record.note(
                [DeliveryReport(.complained, recipients: [], messageID: messageID)], source: "dsn")
            var reset = MailEntry.test(2)
            let refused = try await site.record.begin(reset)
            #expect(refused == [.suppressed(reason: "complaint")])
            reset.override = "She asked for a new password."
            _ = try await site.proceed(reset)
            let mail = try await site.record.find(.key("emails:2-0"))
            #expect(mail.map(\.reason) == ["Sent although suppressed (complaint): She asked for a new password."])
        }
    }
}

extension RecordSite {
    fileprivate func send(_ entry: MailEntry) async throws {
        try await record.finish(try await proceed(entry).map { MailResult($0, .sent) })
    }
}
