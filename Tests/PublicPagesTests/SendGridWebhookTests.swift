import EffectLedger
import EmailWorker
import Foundation
import HTTPServer
import Jobs
import MailRecord
import Platform
import PublicPages
import Signing
import TestSupport
import Testing

@Suite("SendGrid's event webhook")
struct SendGridWebhookTests {
    private let key: SigningKey
    private let signatures: SendGridSignatures

    init() throws {
        key = try SigningKey.generate(.p256)
        signatures = SendGridSignatures(keys: [key.publicKey])
    }

    private static let complaint =
        #"[{"event":"spamreport","email":"ada@school.example","coursework_message_id":"<emails.1-0@school.example>","sg_event_id":"7"}]"#

    /// - Parameters:
    ///   - signed: what is signed, where that is not what is posted.
    ///   - age: of the signature, in seconds.
    private func post(_ body: String, signed: String? = nil, age: Int = 0, to port: UInt16) async throws -> HTTPAnswer {
        let time = "\(Int(Date().timeIntervalSince1970) - age)"
        let signature = Data(key.signature(of: Array((time + (signed ?? body)).utf8))).base64EncodedString()
        return try await ask(
            body,
            [
                "X-Twilio-Email-Event-Webhook-Signature: \(signature)",
                "X-Twilio-Email-Event-Webhook-Timestamp: \(time)",
            ], to: port)
    }

    private func ask(_ body: String, _ fields: [String], to port: UInt16) async throws -> HTTPAnswer {
        let client = try HTTPClient(port: port)
        let lines = ["POST /v1/mail/events/sendgrid HTTP/1.1", "Host: test", "Content-Length: \(body.utf8.count)"]
        await client.send((lines + fields).map { $0 + "\r\n" }.joined() + "\r\n" + body)
        guard let answer = try await client.answer() else { throw TestFailure("closed") }
        return answer
    }

    /// A mail to Ada has been taken, and the webhook listens.
    private func withMail(_ body: (PublicSite, UInt16) async throws -> Void) async throws {
        try await PublicSite.with { site in
            let job = try #require(JobID("emails:1-0"))
            let entry = MailEntry(
                key: try EffectKey("\(job)"), job: job, messageID: "<emails.1-0@school.example>",
                recipients: ["ada@school.example"])
            _ = try await site.mail.begin(entry)
            let routes = SendGridWebhook(signatures: signatures, record: site.mail).routes
            try await PublicSite.serve(routes, on: site.loop) { try await body(site, $0) }
        }
    }

    @Test func `what is signed is noted, and once`() async throws {
        try await withMail { site, port in
            let first = try await post(Self.complaint, to: port)
            #expect(first.status == 200 && first.body == #"{"known":0,"noted":1,"suppressed":1,"unknown":0}"#)
            #expect(try await site.mail.suppressions(limit: 10).map(\.reason) == [.complaint])
            // Taken back by a person; who plays the request again does not undo that.
            _ = try await site.client.query("DELETE FROM coursework.mail_suppressions")
            for age in [0, 3600] {
                let again = try await post(Self.complaint, age: age, to: port)
                #expect(again.body == #"{"known":1,"noted":0,"suppressed":0,"unknown":0}"#)
            }
            #expect(try await site.mail.suppressions(limit: 10).isEmpty)
            let other = try await post("[]", to: port)
            #expect(other.status == 200 && other.body.contains(#""unknown":0"#))
            let broken = try await post("{", to: port)
            #expect(broken.status == 400 && broken.body.contains("no JSON array of events"))
        }
    }

    @Test func `what is not, or is too old, changes nothing`() async throws {
        try await withMail { site, port in
            let answers = [
                try await post(Self.complaint, signed: Self.complaint + " ", to: port),
                try await post(Self.complaint, age: 26 * 3600, to: port),
                try await post(Self.complaint, age: -3600, to: port),
                try await ask(Self.complaint, [], to: port),
                try await ask(
                    Self.complaint,
                    [
                        "X-Twilio-Email-Event-Webhook-Signature: AAAA",
                        "X-Twilio-Email-Event-Webhook-Timestamp: \(Int(Date().timeIntervalSince1970))",
                    ], to: port),
            ]
            #expect(answers.allSatisfy { $0.status == 401 && $0["www-authenticate"] != nil }, "\(answers)")
            #expect(Set(answers.map(\.body)).count == 1)
            #expect(try await site.mail.suppressions(limit: 10).isEmpty)
        }
    }

    @Test func `without a key nobody is believed, and without a database it is asked to come again`() async throws {
        let loop = try EventLoop(name: "test")
        defer { loop.stop() }
        try await PublicSite.serve(SendGridWebhook(signatures: nil, record: nil).routes, on: loop) { port in
            let answer = try await post(Self.complaint, to: port)
            #expect(answer.status == 401)
        }
        try await PublicSite.serve(SendGridWebhook(signatures: signatures, record: nil).routes, on: loop) { port in
            let answer = try await post(Self.complaint, to: port)
            #expect(answer.status == 503 && answer["retry-after"] == "30")
        }
    }
}
