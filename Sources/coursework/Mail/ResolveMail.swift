import Audit
import MailRecord

/// `mail resolve`: a person has found out whether an ambiguous mail was sent.
struct ResolveMail: MailVerb {
    static let actions = ["mail.resolve"]

    private let name: String
    private let wasSent: Bool
    private let reason: String?
    private let note: AuditNote

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        note = setup.note
        let (sent, notSent) = (arguments.flag("--sent"), arguments.flag("--not-sent"))
        guard sent != notSent else { throw CommandFailure(.usage, "Say what you found out: --sent or --not-sent.") }
        wasSent = sent
        reason = try arguments.option("--reason")
        name = try MailArgument.name(&arguments)
    }

    var target: AuditTarget { AuditTarget(wasSent ? "as sent" : "as not sent") }

    func run(_ record: MailRecord) async throws {
        var resolved: [MailDescription] = []
        for mail in try await MailArgument.find(name, in: record) {
            let isOpen = try await record.resolve(mail.id, wasSent: wasSent, by: Person.name, reason: reason)
            if isOpen { resolved.append(mail) }
        }
        for mail in resolved { note.add(job: "\(mail.job)") }
        note.count("resolved", resolved.count)
        guard !resolved.isEmpty else {
            throw CommandFailure(.failed, "It is known what became of this mail, or it was handed over a moment ago.")
        }
        for mail in resolved {
            Terminal.print(
                Terminal.line(
                    "\(mail.id) to \(mail.recipient): " + (wasSent ? "sent." : "not sent; replay \(mail.job).")))
        }
    }
}
