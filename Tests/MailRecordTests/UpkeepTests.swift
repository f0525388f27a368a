import Foundation
import MailRecord
import TestSupport
import Testing

@Suite("What people do with the record of mail", .timeLimit(.minutes(2)))
struct UpkeepTests {
    @Test func `an ambiguous mail is resolved by who found out, once`() async throws {
        try await withRecord { site, _ in
            let frozen = try await site.proceed(.test())
            _ = try await site.record.begin(.test())
            let row = try #require(try await site.record.find(.key("emails:1-0")).first)
            let record = site.record
            let first = try await record.resolve(row.id, wasSent: false, by: "root@host", reason: "Not in its log.")
            let second = try await record.resolve(row.id, wasSent: true, by: "root@host", reason: nil)
            #expect(first && !second)
            let timeline = try await record.timeline(of: row.id)
            #expect(timeline.map(\.event) == ["resolved"] && timeline[0].reason == "not sent: Not in its log.")
            // The attempt that comes back late has no say any more.
            let late = try await record.finish([MailResult(frozen[0], .sent)])
            #expect(late == Set(frozen))
            _ = try await site.proceed(.test())
        }
    }

    @Test func `one that is being handed over is nobody else's`() async throws {
        try await withRecord { site, _ in
            _ = try await site.proceed(.test())
            let row = try #require(try await site.record.find(.messageID("<emails.1-0@school.example>")).first)
            let early = try await site.record.resolve(row.id, wasSent: true, by: "root@host", reason: nil)
            try await site.client.query(
                "UPDATE coursework.mail_messages SET updated_at = now() - interval '1 hour'")
            let late = try await site.record.resolve(row.id, wasSent: true, by: "root@host", reason: nil)
            #expect(!early && late)
        }
    }

    @Test func `an erased person is in no table, and an attempt under way ends without the address`() async throws {
        try await withRecord { site, _ in
            var entry = MailEntry.test(1, to: "ada@school.example", "bob@school.example")
            entry.subject = "Ada@school.example has enrolled"
            let tickets = try await site.proceed(entry)
            try await site.record.add(Suppression("ada@school.example", reason: .manual, source: "root@host"))
            try await site.client.query(
                "INSERT INTO coursework.mailing_recipients (mailing, address) VALUES ('m1', 'Ada@school.example')")
            let erasure = try await site.record.erase("ADA@school.example")
            #expect(erasure.messages == 1 && erasure.suppressions == 1 && erasure.recipients == 1)
            let late = try await site.record.finish(
                tickets.map { MailResult($0, .refused(reason: "No <ada@school.example> here.", suppresses: true)) })
            #expect(late.isEmpty)
            for table in ["mail_messages", "mail_events", "mail_suppressions", "mailing_recipients"] {
                let rows = try await site.client.query("SELECT t::text AS row FROM coursework.\(table) t")
                let texts = try rows.map { try ($0["row"] as String).lowercased() }
                // What a server said of another recipient is another recipient's.
                #expect(
                    texts.allSatisfy { !$0.contains("ada@") || $0.contains("bob@") || table == "mail_events" },
                    "\(texts)")
            }
            #expect(try await site.states().values.count { $0 == "refused" } == 2)
        }
    }

    @Test func `an erased person who is to get no mail gets none, and nobody can read who that is`() async throws {
        try await withRecord { site, _ in
            let (ada, bob) = ("ada@school.example", "bob@school.example")
            try await site.record.add(Suppression(ada, reason: .complaint, source: "root@host"))
            try await site.record.unsubscribe(ada, from: "news")
            for _ in 0..<2 { #expect(try await site.record.erase("ADA@school.example").messages == 0) }
            // As it was said once more, and is to be forgotten once more.
            try await site.record.add(Suppression(ada, reason: .manual, source: "root@host"))
            #expect(try await site.record.erase(ada).suppressions == 1)
            let kept = try await site.suppressions()
            #expect(kept.count == 2 && kept.allSatisfy { $0.hasPrefix("erased:") && !$0.contains("ada") }, "\(kept)")

            let beginnings = try await site.record.begin(.test(1, to: ada, bob))
            #expect(beginnings.first == .suppressed(reason: "complaint"), "\(beginnings)")
            guard case .proceed = beginnings.last else { throw TestFailure("\(beginnings)") }
            #expect(try await site.record.suppressions(of: "Ada@school.example", limit: 9).count == 2)
            #expect(try await site.record.suppressions(of: bob, limit: 9).isEmpty)
            #expect(try await site.record.removeSuppression(of: ada, scope: "*"))
            _ = try await site.proceed(.test(2, to: ada))
        }
    }

    @Test func `lists tell the newest, by state, recipient, list and template`() async throws {
        try await withRecord { site, _ in
            for number in 1...3 { _ = try await site.proceed(.test(number)) }
            _ = try await site.record.begin(.test(2))
            var filter = MailFilter()
            let all = try await site.record.list(filter, limit: 2)
            #expect(all.map(\.key) == ["emails:3-0", "emails:2-0"])
            filter.state = .ambiguous
            filter.recipient = "Ada@school.example"
            let ambiguous = try await site.record.list(filter, limit: 10)
            #expect(ambiguous.map(\.key) == ["emails:2-0"])
            filter.template = "welcome"
            #expect(try await site.record.list(filter, limit: 10).isEmpty)
        }
    }

    @Test func `a suppression ends when it said so`() async throws {
        try await withRecord { site, _ in
            var suppression = Suppression("ada@school.example", reason: .manual, source: "root@host")
            suppression.expires = Date(timeIntervalSinceNow: -1)
            try await site.record.add(suppression)
            _ = try await site.proceed(.test())
            suppression.expires = Date(timeIntervalSinceNow: 1000)
            try await site.record.add(suppression)
            let held = try await site.record.begin(.test(2))
            #expect(held == [.suppressed(reason: "manual")])
            let removed = try await site.record.removeSuppression(of: "Ada@school.example", scope: "*")
            let again = try await site.record.removeSuppression(of: "ada@school.example", scope: "*")
            #expect(removed && !again)
        }
    }

    @Test func `mails of long ago are forgotten, but those that are open`() async throws {
        try await withRecord { site, _ in
            for number in 1...3 {
                let tickets = try await site.proceed(.test(number))
                if number < 3 { try await site.record.finish([MailResult(tickets[0], .sent)]) }
            }
            try await site.client.query(
                "UPDATE coursework.mail_messages SET created_at = now() - interval '2 years' WHERE key <> 'emails:2-0'")
            let deleted = try await site.record.deleteEnded(olderThan: .seconds(365 * 86_400))
            #expect(deleted == 1)
            let left = try await site.record.list(MailFilter(), limit: 10)
            #expect(left.map(\.key) == ["emails:3-0", "emails:2-0"])
        }
    }
}
