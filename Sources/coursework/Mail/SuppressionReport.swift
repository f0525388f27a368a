import Jobs
import MailRecord

/// A suppression as it is printed.
struct SuppressionReport: Encodable {
    let address: String
    let scope: String
    let reason: String
    let detail: String?
    let source: String
    let created: Timestamp?
    let expires: Timestamp?

    init(_ suppression: Suppression) {
        (address, scope, reason) = (suppression.address, suppression.scope, suppression.reason.rawValue)
        (detail, source) = (suppression.detail, suppression.source)
        (created, expires) = (suppression.created.map { Timestamp($0) }, suppression.expires.map { Timestamp($0) })
    }

    static func table(_ reports: [SuppressionReport]) -> String {
        let rows = reports.map { report in
            [
                Terminal.line(report.address, atMost: 60), Terminal.line(report.scope, atMost: 30), report.reason,
                report.created.map { "\($0)" } ?? "-", report.expires.map { "\($0)" } ?? "never",
                Terminal.line(report.source, atMost: 30),
                Terminal.line(report.detail ?? "", atMost: 80),
            ]
        }
        return TextTable.layOut(
            [["address", "scope", "reason", "since", "ends", "by", "detail"]] + rows, leftColumns: 7)
    }
}
