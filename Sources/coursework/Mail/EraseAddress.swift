import Audit
import MailRecord
import Reports

/// `mail erase`: takes a person out of the record.
struct EraseAddress: MailVerb {
    static let actions = ["mail.erase"]

    private let address: String
    private let json: Bool
    private let note: AuditNote
    private let confirmation: Confirmation

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        note = setup.note
        confirmation = Confirmation(&arguments)
        json = arguments.flag("--json")
        address = try MailArgument.address(&arguments)
    }

    func confirm() throws {
        try confirmation.ask("\(Terminal.line(address)) would be taken out of the record of all mail, for good.")
    }

    func run(_ record: MailRecord) async throws {
        let erasure = try await record.erase(address)
        note.count("messages", erasure.messages)
        note.count("suppressions", erasure.suppressions)
        note.count("recipients", erasure.recipients)
        if json { return Terminal.print(JSONText.of(erasure)) }
        Terminal.print(
            """
            Erased from \(erasure.messages) mails, \(erasure.suppressions) suppressions and \(erasure.recipients) mailings.
            """)
    }
}
