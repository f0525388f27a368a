import FoundationEssentials
import Jobs
import MailRecord

/// A mail as `--json` prints it.
struct MailReport: Encodable {
    struct Event: Encodable {
        let event: String
        let time: Timestamp
        let reason: String?
        let status: String?
        let source: String

        init(_ event: MailEvent) {
            self.event = event.event
            time = Timestamp(event.time)
            (reason, status, source) = (event.reason, event.status, event.source)
        }
    }

    let id: Int
    let key: String
    let job: String
    let messageID: String
    let to: String
    let subject: String?
    let template: String?
    let list: String?
    let state: String
    let attempts: Int
    let reason: String?
    let status: String?
    let transport: String?
    let created: Timestamp
    let updated: Timestamp
    let sent: Timestamp?
    /// Nil in lists.
    let timeline: [Event]?

    enum CodingKeys: String, CodingKey {
        case id, key, job, to, subject, template, list, state, attempts, reason, status, transport, created, updated,
            sent
        case messageID = "message_id"
        case timeline
    }

    init(_ mail: MailDescription, timeline: [MailEvent]? = nil) {
        (id, key, job, messageID, to) = (mail.id, mail.key, mail.job, mail.messageID, mail.recipient)
        (subject, template, list) = (mail.subject, mail.template, mail.list)
        (state, attempts, reason, status) = (mail.state.rawValue, mail.attempts, mail.reason, mail.status)
        (transport, created, updated) = (mail.transport, Timestamp(mail.created), Timestamp(mail.updated))
        sent = mail.sent.map { Timestamp($0) }
        self.timeline = timeline?.map(Event.init)
    }

    /// For a person.
    var text: String {
        let lines: [(String, String?)] = [
            ("id", "\(id)"), ("to", to), ("state", state), ("reason", reason), ("status", status),
            ("subject", subject), ("template", template), ("list", list), ("job", job), ("key", key == job ? nil : key),
            ("message id", messageID), ("transport", transport), ("attempts", "\(attempts)"),
        ]
        return ([TextTable.list(lines), "", "handed over and taken, and what befell it:"] + story)
            .joined(separator: "\n")
    }

    private var story: [String] {
        let ends = [(created, "begun")] + (sent.map { [($0, "sent")] } ?? [])
        let lines =
            ends
            + (timeline ?? []).map { event in
                let what = [event.status, event.reason].compactMap(\.self).joined(separator: " ")
                return (event.time, "\(event.event) (\(event.source))" + (what.isEmpty ? "" : ": \(what)"))
            }
        return lines.sorted { $0.0.milliseconds < $1.0.milliseconds }.map { Terminal.line("  \($0.0)  \($0.1)") }
    }

    static func table(_ reports: [MailReport]) -> String {
        let rows = reports.map { report in
            [
                "\(report.id)", "\(report.created)", report.state, Terminal.line(report.to, atMost: 60),
                Terminal.line(report.template ?? "-", atMost: 30),
                Terminal.line(report.reason ?? report.subject ?? "", atMost: 80),
            ]
        }
        return TextTable.layOut([["id", "begun", "state", "to", "template", "subject, or why"]] + rows, leftColumns: 6)
    }
}

extension Timestamp {
    init(_ date: Date) { self.init(milliseconds: Int((date.timeIntervalSince1970 * 1000).rounded())) }
}
