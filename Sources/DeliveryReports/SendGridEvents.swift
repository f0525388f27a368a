public import FoundationEssentials

/// What SendGrid's event webhook posts: a JSON array of events.
///
/// Source: its documentation, "Event Webhook Reference". Events that say nothing of a delivery, such as `open`, are passed
/// over.
public struct SendGridEvents {
    /// A body that is no such array.
    public struct Unreadable: Error, CustomStringConvertible {
        public let description = "This is no JSON array of events as SendGrid's webhook posts it."
    }

    /// The custom argument of a mail that holds its Message-ID. SendGrid repeats it in each event, also where the mail's own
    /// field was replaced on the way.
    public static let messageIDArgument = "coursework_message_id"

    public let reports: [DeliveryReport]

    public init(_ body: some DataProtocol) throws(Unreadable) {
        do {
            reports = try JSONDecoder().decode([Event].self, from: Data(body)).compactMap(\.report)
        } catch {
            throw Unreadable()
        }
    }

    private struct Event: Decodable {
        let event: String?
        let email: String?
        let messageID: String?
        let argument: String?
        let reason: String?
        let response: String?
        let status: String?
        let type: String?

        enum CodingKeys: String, CodingKey {
            case event, email, reason, response, status, type
            case messageID = "smtp-id"
            case argument = "coursework_message_id"
        }

        var report: DeliveryReport? {
            guard let kind, let email else { return nil }
            let said = (reason ?? response).map { Diagnosis($0) }
            let status = self.status.flatMap { EnhancedStatus($0) } ?? said?.status
            return DeliveryReport(
                kind, recipients: [email], messageID: argument ?? messageID, status: status, reason: said?.reason)
        }

        private var kind: DeliveryReport.Kind? {
            switch event {
            case "delivered": .delivered
            case "deferred": .delayed
            // A bounce of the type blocked says nothing against the address.
            case "bounce": type == "blocked" ? .dropped : .bounced
            case "dropped": .dropped
            case "spamreport": .complained
            case "unsubscribe", "group_unsubscribe": .unsubscribed
            default: nil
            }
        }
    }
}
