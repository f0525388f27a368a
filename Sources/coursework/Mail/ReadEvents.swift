import DeliveryReports
import FoundationEssentials
import MailRecord
import Reports

/// `mail events`: what SendGrid's event webhook posts.
struct ReadEvents: MailVerb {
    static let actions: [String] = []

    private let file: String
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        json = arguments.flag("--json")
        file = try arguments.word(orSay: "Give a file of events, or - for standard input.")
    }

    func run(_ record: MailRecord) async throws {
        let noted = try await record.note(
            try SendGridEvents(Data(try InputFile.read(file))).reports, source: "sendgrid")
        Terminal.print(json ? JSONText.of(noted) : noted.text)
    }
}
