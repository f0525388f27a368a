public import PostgresClient

/// The record of what became of each mail, for each of its recipients: the table `coursework.mail_messages`.
///
/// A mail is announced before it is handed over, and what came of it is told after: ``begin(_:)``, ``finish(_:)``. So it is
/// the ledger of mail as well: an attempt that died in between leaves a row that says so, and the mail's policy decides what
/// the next attempt does.
///
/// What many jobs announce and tell at once is written together: a mail costs two statements, and less under load. Calls may
/// be repeated, and are, by the record itself, while the database is away.
public final class MailRecord: Sendable {
    let client: PostgresClient
    let persistence: Persistence
    /// How long an address that was said not to exist gets no mail; nil is for ever.
    let hardBounceExpiry: Duration?
    private let beginnings: GroupWriter<Announcement, [MailBeginning]>
    private let ends: GroupWriter<[MailResult], Set<MailTicket>>

    /// Half a year: addresses are given to others, and servers err.
    public static let hardBounceExpiry: Duration = .seconds(180 * 86_400)

    /// - Parameters:
    ///   - client: of a database that `coursework migrate` has prepared.
    ///   - hardBounceExpiry: how long an address that was said not to exist gets no mail; nil is for ever.
    public init(
        _ client: PostgresClient, persistence: Persistence = Persistence(),
        hardBounceExpiry: Duration? = MailRecord.hardBounceExpiry
    ) {
        self.client = client
        self.hardBounceExpiry = hardBounceExpiry
        self.persistence = persistence
        // Nothing is sent yet: the job comes back.
        let patience = Persistence(limit: min(.seconds(5), persistence.limit), pause: persistence.pause)
        beginnings = GroupWriter(groupsAtOnce: 1, isSame: Announcement.overlap) { announcements in
            try await patience.run { try await announcements.write(to: client) }
        }
        ends = GroupWriter(groupsAtOnce: 1) { results in
            try await persistence.run { try await results.write(to: client, hardBounceExpiry: hardBounceExpiry) }
        }
    }

    /// Announces that a mail is about to be handed over.
    ///
    /// Of an address for which an earlier attempt is open, that attempt died, or is frozen, and may have sent it: the policy
    /// says what then.
    /// - Returns: one for each recipient, in their order.
    /// - Throws: `PostgresError`; `CancellationError` while nothing is written.
    public func begin(_ entry: MailEntry) async throws -> [MailBeginning] {
        guard !entry.recipients.isEmpty else { return [] }
        return try await beginnings.submit(Announcement(entry), isCancellable: true)
    }

    /// Tells what came of attempts that were begun. It does not heed cancellation: what has happened must be written down.
    /// - Returns: the tickets that count no more: another attempt has taken over, or a person has decided.
    /// - Throws: `PostgresError` when the database stays away: then the next attempt finds the rows open.
    @discardableResult
    public func finish(_ results: [MailResult]) async throws -> Set<MailTicket> {
        guard !results.isEmpty else { return [] }
        let known = try await ends.submit(results, isCancellable: false)
        return Set(results.map(\.ticket)).subtracting(known)
    }
}
