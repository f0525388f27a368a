internal import PostgresClient

extension [[MailResult]] {
    /// One statement: of the rows that are still of these attempts, what came of them, with their events and with the
    /// addresses that are to get no mail any more. What a server says of an address that was erased is not kept.
    private static let statement = """
        WITH told AS (
            SELECT * FROM unnest(
                $1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::boolean[]
            ) AS told (id, token, state, event, reason, transport, suppresses)
        ), changed AS (
            UPDATE coursework.mail_messages AS m SET
                -- The job of a doubt has ended: that its attempt comes back and was not sent, a person must see.
                state = CASE WHEN m.state = 'ambiguous' AND told.state = 'queued' THEN m.state ELSE told.state END,
                reason = CASE WHEN m.erased_at IS NOT NULL THEN NULL
                    WHEN m.state = 'ambiguous' AND told.state = 'queued'
                        THEN 'The attempt came back late: it was not sent.'
                    ELSE coalesce(told.reason, m.reason) END,
                transport = coalesce(told.transport, m.transport), updated_at = now(),
                sent_at = CASE WHEN told.state = 'sent' THEN now() END
            FROM told WHERE m.id = told.id AND m.token = told.token AND m.state IN ('sending', 'ambiguous')
                AND m.state <> told.state
            RETURNING m.id, m.recipient, m.erased_at IS NOT NULL AS is_erased, told.event, told.reason, told.suppresses
        ), noted AS (
            INSERT INTO coursework.mail_events (message, event, reason, source)
            SELECT id, event, CASE WHEN NOT is_erased THEN reason END, 'worker' FROM changed WHERE event IS NOT NULL
        ), suppressed AS (
            INSERT INTO coursework.mail_suppressions AS s (address, reason, detail, source, expires_at)
            SELECT DISTINCT ON (recipient) recipient, 'hard_bounce', reason, 'worker', now() + make_interval(secs => $8)
            FROM changed WHERE suppresses AND NOT is_erased
            ON CONFLICT (address, scope) DO UPDATE
                SET reason = excluded.reason, detail = excluded.detail, source = excluded.source,
                    expires_at = excluded.expires_at
                -- One that holds for longer stays.
                WHERE s.expires_at < coalesce(excluded.expires_at, 'infinity')
        )
        SELECT m.id, m.token FROM coursework.mail_messages AS m JOIN told USING (id, token)
        """

    /// - Returns: for each, the tickets that still count.
    /// - Parameter hardBounceExpiry: nil is for ever.
    func write(to client: PostgresClient, hardBounceExpiry: Duration?) async throws -> [Set<MailTicket>] {
        let expiry = hardBounceExpiry.map { PostgresValue.double($0 / .seconds(1)) } ?? .null
        let rows = try await client.query(Self.statement, joined().parameters + [expiry])
        let known = Set(try rows.map { MailTicket(id: try $0["id"], token: try $0["token"]) })
        return map { known.intersection($0.map(\.ticket)) }
    }
}

extension Sequence<MailResult> {
    fileprivate var parameters: [PostgresValue] {
        // The order in which everybody locks.
        let results = sorted { $0.ticket.id < $1.ticket.id }
        return [
            .integers(results.map(\.ticket.id)), .texts(results.map(\.ticket.token)),
            .texts(results.map(\.outcome.state.rawValue)), .texts(results.map(\.outcome.event)),
            .texts(results.map { $0.outcome.reason.map { RecordText.line($0) } }),
            .texts(results.map { $0.transport.map { RecordText.line($0, atMost: 300) } }),
            .texts(results.map { $0.outcome.suppresses ? "t" : "f" }),
        ]
    }
}
