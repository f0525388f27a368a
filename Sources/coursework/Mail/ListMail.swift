import MailRecord
import Reports

/// `mail list`: the mails that were begun last.
struct ListMail: MailVerb {
    static let actions: [String] = []

    private var filter = MailFilter()
    private let limit: Int
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        limit = try LimitArgument.read(&arguments)
        json = arguments.flag("--json")
        filter.recipient = try arguments.option("--to")
        filter.list = try arguments.option("--list")
        filter.template = try arguments.option("--template")
        filter.state = try arguments.option("--state").map { text in
            guard let state = MailState(rawValue: text) else {
                let all = MailState.allCases.map(\.rawValue).joined(separator: ", ")
                throw CommandFailure(.usage, "--state must be one of \(all).")
            }
            return state
        }
    }

    func run(_ record: MailRecord) async throws {
        let reports = try await record.list(filter, limit: limit).map { MailReport($0) }
        if json { return Terminal.print(JSONText.of(reports)) }
        Terminal.print(reports.isEmpty ? "There is no such mail." : MailReport.table(reports))
    }
}
