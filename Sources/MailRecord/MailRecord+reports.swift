public import DeliveryReports
internal import FoundationEssentials
internal import PostgresClient

extension MailRecord {
    /// What became of reports.
    public struct Noted: Sendable, Equatable, Encodable {
        /// That concern a mail of ours, and were new.
        public var noted = 0
        /// That were noted before.
        public var known = 0
        /// That concern no mail we know of.
        public var unknown = 0
        /// Addresses that get no mail from now on.
        public var suppressed = 0

        public init() {}
    }

    /// Takes over what servers and providers report of mail that they took. The same report again changes nothing.
    ///
    /// Anybody can write a report. So it counts only when it names a mail of ours by its Message-ID, and one of its
    /// recipients, or the only one.
    /// - Parameter source: who reports: `dsn`, `sendgrid`.
    public func note(_ reports: [DeliveryReport], source: String) async throws -> Noted {
        var noted = Noted()
        for report in reports {
            let change = try await persistence.run {
                try await client.transaction { try self.note(report, source, in: $0) }
            }
            switch change {
            case nil: noted.unknown += 1
            case .known: noted.known += 1
            case .new(let suppresses):
                noted.noted += 1
                if suppresses { noted.suppressed += 1 }
            }
        }
        return noted
    }

    private enum Change {
        case known
        case new(suppresses: Bool)
    }

    /// Nil when it concerns no mail that is known.
    private func note(
        _ report: DeliveryReport, _ source: String, in transaction: PostgresTransaction
    ) throws -> Change? {
        guard let row = try RecordedRow.find(report, in: transaction) else { return nil }
        guard try Self.addEvent(report, of: row, source, in: transaction) else { return .known }
        if let state = report.state(after: row.state) { try row.change(to: state, report, in: transaction) }
        guard var suppression = report.suppression(of: row, source) else { return .new(suppresses: false) }
        if suppression.reason == .hardBounce {
            suppression.expires = hardBounceExpiry.map { Date(timeIntervalSinceNow: $0 / .seconds(1)) }
        }
        try Self.add(suppression, in: transaction, isLasting: true)
        return .new(suppresses: true)
    }

    /// - Returns: false when it is there already.
    private static func addEvent(
        _ report: DeliveryReport, of row: RecordedRow, _ source: String, in transaction: PostgresTransaction
    ) throws -> Bool {
        let reason = row.isErased ? nil : report.reason.map { RecordText.line($0) }
        return try transaction.query(
            """
            INSERT INTO coursework.mail_events (message, event, reason, status, source)
            SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (
                SELECT FROM coursework.mail_events WHERE message = $1 AND event = $2
                    AND reason IS NOT DISTINCT FROM $3 AND status IS NOT DISTINCT FROM $4 AND source = $5)
            """,
            [
                .integer(row.id), .text(report.event), .optional(reason),
                .optional(report.status?.description), .text(source),
            ]
        ).affected > 0
    }
}

extension DeliveryReport {
    fileprivate var event: String {
        switch kind {
        case .delivered, .delayed, .bounced, .complained, .unsubscribed: kind.rawValue
        case .dropped: "refused"
        }
    }

    /// Where the mail is now; nil where it was.
    fileprivate func state(after state: MailState) -> MailState? {
        switch kind {
        case .bounced: .bounced
        case .dropped: .refused
        // Whoever reports on a mail has got it.
        case .delivered, .delayed, .complained, .unsubscribed: state == .ambiguous ? .sent : nil
        }
    }

    fileprivate func suppression(of row: RecordedRow, _ source: String) -> Suppression? {
        let reason: Suppression.Reason? =
            switch kind {
            // Not of another address, to which it was forwarded.
            case .bounced where deniesAddress && row.isNamed: .hardBounce
            case .complained: .complaint
            case .unsubscribed: .unsubscribe
            default: nil
            }
        guard let reason, !row.isErased else { return nil }
        let scope = reason == .unsubscribe ? row.list : nil
        var suppression = Suppression(
            row.recipient, scope: scope ?? Suppression.everything, reason: reason, source: source)
        suppression.detail = self.reason
        return suppression
    }
}
