import MailRecord

/// `mail erase`: takes a person out of the record.
struct EraseAddress: MailVerb {
    private let address: String
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        json = arguments.flag("--json")
        address = try MailArgument.address(&arguments)
    }

    func run(_ record: MailRecord) async throws {
        let erasure = try await record.erase(address)
        if json { return Terminal.print(JSONText.of(erasure)) }
        Terminal.print(
            """
            Erased from \(erasure.messages) mails, \(erasure.suppressions) suppressions and \(erasure.recipients) mailings.
            """)
    }
}
