import DeliveryReports
import Foundation
import Testing

@Suite("SendGrid's events")
struct SendGridEventsTests {
    @Test func `are told as reports, and what is no delivery is passed over`() throws {
        let body = """
            [{"email":"a@example.org","event":"delivered","smtp-id":"<emails.1-0@school.example>","response":"250 OK"},
             {"email":"b@example.org","event":"bounce","smtp-id":"<emails.2-0@school.example>","type":"bounce",
              "reason":"550 5.1.1 The email account does not exist","status":"5.1.1"},
             {"email":"c@example.org","event":"bounce","type":"blocked","reason":"550 5.7.1 blocked","status":"5.7.1"},
             {"email":"d@example.org","event":"deferred","response":"451 4.7.1 try later","attempt":"3"},
             {"email":"e@example.org","event":"dropped","reason":"Bounced Address","status":"5.0.0"},
             {"email":"f@example.org","event":"spamreport"},{"email":"g@example.org","event":"unsubscribe"},
             {"email":"h@example.org","event":"open"},{"event":"click"},{"email":"i@example.org","event":"new-one"}]
            """
        let reports = try SendGridEvents(Data(body.utf8)).reports
        #expect(
            reports.map(\.kind) == [
                .delivered, .bounced, .dropped, .delayed, .dropped, .complained, .unsubscribed,
            ])
        #expect(reports.map { $0.recipients[0].prefix(1) } == ["a", "b", "c", "d", "e", "f", "g"])
        #expect(reports.map(\.deniesAddress) == [false, true, false, false, false, false, false])
        #expect(reports[1].messageID == "<emails.2-0@school.example>")
    }

    @Test func `the mail is known by its argument, whatever became of its Message-ID`() throws {
        let body = """
            [{"email":"a@example.org","event":"bounce","coursework_message_id":"<emails.1-0@school.example>"},
             {"email":"a@example.org","event":"bounce","coursework_message_id":"<emails.2-0@school.example>",
              "smtp-id":"<xyz@ismtpd0042p1las1.sendgrid.net>"}]
            """
        #expect(
            try SendGridEvents(Data(body.utf8)).reports.map(\.messageID) == [
                "<emails.1-0@school.example>", "<emails.2-0@school.example>",
            ])
    }

    @Test(arguments: ["", "{}", "[1]", #"[{"email":7}]"#, #"{"event":"bounce"}"#])
    func `anything else is refused`(body: String) {
        #expect(throws: SendGridEvents.Unreadable.self) { try SendGridEvents(Data(body.utf8)) }
    }
}
