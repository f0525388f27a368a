internal import DeliveryReports
package import EmailWorker
internal import FoundationEssentials
package import HTTPServer
package import MailRecord
internal import Reports

/// Where SendGrid tells what became of mail. It has no key of ours: it is known by its signature, and without a key to check
/// that by it is nobody.
package struct SendGridWebhook: Sendable {
    /// Nil where no events are taken.
    let signatures: SendGridSignatures?
    /// Nil where there is no database.
    let record: MailRecord?

    package init(signatures: SendGridSignatures?, record: MailRecord?) {
        (self.signatures, self.record) = (signatures, record)
    }

    package var routes: [Route] {
        [
            Route(
                .post, "/v1/mail/events/sendgrid", role: .public, "what became of mail, signed by SendGrid",
                .awaiting { try await answer($0) })
        ]
    }

    private func answer(_ request: HTTPRequest) async throws -> HTTPResponse {
        guard isSigned(request) else { return Self.stranger }
        let events: SendGridEvents
        do throws(SendGridEvents.Unreadable) {
            events = try SendGridEvents(request.body)
        } catch {
            return .problem(.badRequest, error.description)
        }
        return .json(.ok, Array(JSONText.of(try await note(events)).utf8))
    }

    private func isSigned(_ request: HTTPRequest) -> Bool {
        guard let signatures else { return false }
        return signatures.covers(
            request.body,
            signature: request.fields.occurrence(of: "X-Twilio-Email-Event-Webhook-Signature").text,
            timestamp: request.fields.occurrence(of: "X-Twilio-Email-Event-Webhook-Timestamp").text, at: Date())
    }

    /// It comes again with what was not noted.
    private func note(_ events: SendGridEvents) async throws -> MailRecord.Noted {
        do {
            guard let record else { throw UnavailableRecord() }
            return try await record.note(events.reports, source: "sendgrid")
        } catch {
            let answer = HTTPResponse.problem(
                .serviceUnavailable, "Mail cannot be looked up now; try again later.", fields: [("Retry-After", "30")])
            throw HTTPError(answer: answer, cause: error)
        }
    }

    /// The same whether or not events are taken at all.
    private static var stranger: HTTPResponse {
        .problem(
            .unauthorized, "This takes what SendGrid has signed, by a key in workers.email.sendGridEventKeys.",
            fields: [("WWW-Authenticate", "X-Twilio-Email-Event-Webhook-Signature")])
    }
}
