import EffectLedger
import MailRecord
import Reports

/// `mail mailing`: what became of a mailing.
struct ShowMailing: MailVerb {
    static let actions: [String] = []

    private let mailing: String
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        json = arguments.flag("--json")
        mailing = try BroadcastMail.mailing(&arguments)
    }

    func run(_ record: MailRecord) async throws {
        let counts = try await record.count(of: try EffectKey("mailing:\(mailing)"))
        if json {
            let named = Dictionary(uniqueKeysWithValues: counts.map { ($0.key.rawValue, $0.value) })
            return Terminal.print(JSONText.of(named))
        }
        guard !counts.isEmpty else { return Terminal.print("No mail of this mailing was handed over yet.") }
        let rows = MailState.allCases.compactMap { state in counts[state].map { [state.rawValue, "\($0)"] } }
        Terminal.print(TextTable.layOut([["state", "recipients"]] + rows))
    }
}
