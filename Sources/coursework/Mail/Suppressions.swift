import Audit
import Configuration
import FoundationEssentials
import Jobs
import MailRecord
import Reports

/// `mail suppressions`: who gets no mail.
struct Suppressions: MailVerb {
    static let actions = ["mail.suppress", "mail.allow"]

    private enum Action {
        case list(address: String?, limit: Int)
        case add(Suppression)
        case remove(address: String, scope: String)
    }

    private let asked: Action
    private let json: Bool

    init(_ arguments: inout Arguments, _ setup: Setup) throws {
        json = arguments.flag("--json")
        switch arguments.word() {
        case nil:
            asked = .list(address: try arguments.option("--to"), limit: try LimitArgument.read(&arguments))
        case "add": asked = .add(try Self.suppression(&arguments))
        case "remove":
            let scope = try arguments.option("--scope") ?? Suppression.everything
            asked = .remove(address: try MailArgument.address(&arguments), scope: scope)
        case let word?:
            throw CommandFailure(.usage, "'\(Terminal.line(word))' is neither add nor remove.")
        }
    }

    private static func suppression(_ arguments: inout Arguments) throws -> Suppression {
        let scope = try arguments.option("--scope") ?? Suppression.everything
        guard (1...200).contains(scope.count) else {
            throw CommandFailure(.usage, "--scope must be the name of a list.")
        }
        let detail = try arguments.option("--reason")
        let expires = try arguments.option("--for").map { text in
            guard let time = try? DurationText.parse(text), time > .zero else {
                throw CommandFailure(.usage, "--for must be a time such as 90d.")
            }
            return Date(timeIntervalSinceNow: time / .seconds(1))
        }
        var suppression = Suppression(
            try MailArgument.address(&arguments), scope: scope, reason: .manual, source: Person.name)
        (suppression.detail, suppression.expires) = (detail, expires)
        return suppression
    }

    var action: String? {
        switch asked {
        case .list: nil
        case .add: Self.actions[0]
        case .remove: Self.actions[1]
        }
    }

    /// Not whose.
    var target: AuditTarget {
        switch asked {
        case .list: AuditTarget()
        case .add(let suppression): AuditTarget("scope \(suppression.scope)")
        case .remove(_, let scope): AuditTarget("scope \(scope)")
        }
    }

    func run(_ record: MailRecord) async throws {
        switch asked {
        case .list(let address, let limit):
            let reports = try await record.suppressions(of: address, limit: limit).map(SuppressionReport.init)
            if json { return Terminal.print(JSONText.of(reports)) }
            Terminal.print(reports.isEmpty ? "There is no such suppression." : SuppressionReport.table(reports))
        case .add(let suppression):
            try await record.add(suppression)
            Terminal.print(Terminal.line("\(suppression.address) gets no mail\(Self.ofList(suppression.scope))."))
        case .remove(let address, let scope):
            guard try await record.removeSuppression(of: address, scope: scope) else {
                throw CommandFailure(.failed, "This address is not suppressed\(Self.ofList(scope)).")
            }
            Terminal.print(Terminal.line("\(address) gets mail\(Self.ofList(scope)) again."))
        }
    }

    private static func ofList(_ scope: String) -> String {
        scope == Suppression.everything ? "" : " of the list \(Terminal.line(scope))"
    }
}
