import DeliveryReports
import MailRecord
import Reports

/// `mail bounces`: mail that came back.
struct ReadBounces: MailVerb {
    static let actions: [String] = []

    private let file: String
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        json = arguments.flag("--json")
        file = try arguments.word(orSay: "Give a file of mail that came back, or - for standard input.")
    }

    func run(_ record: MailRecord) async throws {
        let reports = Mbox.messages(in: try InputFile.read(file)).flatMap { BounceMessage($0).reports }
        let noted = try await record.note(reports, source: "dsn")
        Terminal.print(json ? JSONText.of(noted) : noted.text)
    }
}

extension MailRecord.Noted {
    var text: String {
        "\(noted) new \(noted == 1 ? "report" : "reports") noted, \(known) known already, \(unknown) about no mail of ours; "
            + "\(suppressed) \(suppressed == 1 ? "address gets" : "addresses get") no mail from now on."
    }
}
