import MailRecord

/// `mail resolve`: a person has found out whether an ambiguous mail was sent.
struct ResolveMail: MailVerb {
    private let name: String
    private let wasSent: Bool
    private let reason: String?

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        let (sent, notSent) = (arguments.flag("--sent"), arguments.flag("--not-sent"))
        guard sent != notSent else { throw CommandFailure(.usage, "Say what you found out: --sent or --not-sent.") }
        wasSent = sent
        reason = try arguments.option("--reason")
        name = try MailArgument.name(&arguments)
    }

    func run(_ record: MailRecord) async throws {
        var resolved: [MailDescription] = []
        for mail in try await MailArgument.find(name, in: record) {
            let isOpen = try await record.resolve(mail.id, wasSent: wasSent, by: Person.name, reason: reason)
            if isOpen { resolved.append(mail) }
        }
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
