import Audit
import EmailWorker
import FoundationEssentials
import MailRecord
import Reports

/// `mail unsubscribe`: a reader has followed the link that takes him off a list.
struct UnsubscribeReader: MailVerb {
    static let actions = ["mail.unsubscribe"]

    private let subscription: Subscription
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        json = arguments.flag("--json")
        var token = try arguments.word(orSay: "The token of the link is missing; - reads it from standard input.")
        if token == "-" { token = String(decoding: try StandardInput.readAll(), as: UTF8.self) }
        let settings = try setup.configuration.settings(for: EmailDomain.name, as: EmailSettings.self)
        do {
            subscription = try settings.unsubscribeTokens(setup.surroundings(logger: .silent))
                .subscription(in: String(token.filter { !$0.isWhitespace }), at: Date())
        } catch let refusal as UnsubscribeRefusal {
            throw CommandFailure(.failed, refusal.description)
        } catch {
            throw CommandFailure(.configuration, "\(error)")
        }
    }

    var target: AuditTarget { AuditTarget("list \(subscription.list)") }

    private struct Report: Encodable {
        let address: String
        let list: String
    }

    func run(_ record: MailRecord) async throws {
        let suppression = try await record.unsubscribe(subscription.address, from: subscription.list)
        let report = Report(address: suppression.address, list: suppression.scope)
        Terminal.print(
            json
                ? JSONText.of(report)
                : Terminal.line("\(report.address) gets no mail of the list \(report.list) any more."))
    }
}
