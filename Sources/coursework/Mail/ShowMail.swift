import MailRecord
import Reports

/// `mail show`: a mail with its timeline, once for each recipient.
struct ShowMail: MailVerb {
    static let actions: [String] = []

    private let name: String
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        json = arguments.flag("--json")
        name = try MailArgument.name(&arguments)
    }

    func run(_ record: MailRecord) async throws {
        var reports: [MailReport] = []
        for mail in try await MailArgument.find(name, in: record) {
            reports.append(MailReport(mail, timeline: try await record.timeline(of: mail.id)))
        }
        Terminal.print(json ? JSONText.of(reports) : reports.map(\.text).joined(separator: "\n\n"))
    }
}
