import Audit
import MailRecord
import Reports

/// `mail erase`: takes a person out of the record.
struct EraseAddress: MailVerb {
    static let actions = ["mail.erase"]

    private let address: String
    private let json: Bool
    private let note: AuditNote

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        note = setup.note
        json = arguments.flag("--json")
        address = try MailArgument.address(&arguments)
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
