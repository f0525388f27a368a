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
