import CertificateRecord
import Jobs
import Platform
import PostgresClient
import Storage

/// Gives certificates their codes and numbers, many in one transaction, and writes down which files are about to be written.
struct ReservationRound {
    struct Request: Sendable {
        enum What: Sendable {
            case new(Reservation)
            /// By its id.
            case resumed(Int)
        }

        let what: What
        let job: JobID

        /// Whether the certificate, as it is now, is this job's to issue.
        func holds(_ certificate: CertificateDescription) -> Bool {
            guard certificate.state == .issuing, case .new = what else { return certificate.state == .issuing }
            return certificate.job == job.description
        }
    }

    let transaction: PostgresTransaction

    /// - Returns: for each request the certificate there is now: another job may have been faster, or even done already.
    func reserve(_ requests: [Request]) throws -> [Reserved] {
        try number(try insert(requests.compactMap(\.reservation)))
        let certificates = try certificates(of: requests)
        let stale = try staleFiles(of: zip(requests, certificates).map { ($0.job, $1.id) })
        let reserved = zip(certificates, stale).map { certificate, stale in
            Reserved(certificate: certificate, key: Self.newKey(certificate.code), stale: stale)
        }
        try write(zip(requests, reserved).filter { $0.holds($1.certificate) }.map { ($0.job, $1) })
        return reserved
    }

    /// - Returns: those that nobody else had reserved meanwhile, by their series.
    private func insert(_ new: [Reservation]) throws -> [String: [Int]] {
        guard !new.isEmpty else { return [:] }
        let rows = try transaction.query(
            """
            INSERT INTO coursework.certificates (
                code, series, learner, course, version, edition, state, content, issued_on, expires_on, job)
            SELECT code, series, learner, course, version, edition, 'issuing', content::json,
                (content::json ->> 'date')::date, (content::json ->> 'expires')::date, job
            FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $7::text[], $8::text[])
                AS n (code, series, learner, course, version, edition, content, job)
            ORDER BY learner, course, version
            ON CONFLICT (learner, course, version, edition) DO NOTHING RETURNING id, series
            """,
            [
                .texts(new.map(\.code.text)), .texts(new.map(\.series)), .texts(new.map(\.learner)),
                .texts(new.map(\.course)), .integers(new.map(\.version)), .integers(new.map(\.edition)),
                .texts(try new.map { try $0.details.json() }), .texts(new.map(\.job)),
            ])
        var ids: [String: [Int]] = [:]
        for row in rows { ids[try row["series"], default: []].append(try row["id"]) }
        return ids
    }

    /// In the order of the series, so that two rounds never wait for each other.
    private func number(_ ids: [String: [Int]]) throws {
        for (series, ids) in ids.sorted(by: { $0.key < $1.key }) {
            try CertificateNumbers.number(ids, series: series, in: transaction)
        }
    }

    /// - Returns: one for each request, in their order.
    private func certificates(of requests: [Request]) throws -> [CertificateDescription] {
        let wanted = requests.map(\.reservation)
        let rows = try transaction.query(
            """
            SELECT \(CertificateDescription.columns)
            FROM unnest($1::bigint[], $2::text[], $3::text[], $4::int[], $5::int[])
                WITH ORDINALITY AS r (id, learner, course, version, edition, place)
            JOIN LATERAL (
                SELECT * FROM coursework.certificates WHERE id = r.id
                UNION ALL
                SELECT * FROM coursework.certificates
                WHERE learner = r.learner AND course = r.course AND version = r.version AND edition = r.edition
            ) AS c ON true ORDER BY r.place
            """,
            [
                .integers(requests.map(\.resumedID)), .texts(wanted.map { $0?.learner }),
                .texts(wanted.map { $0?.course }), .integers(wanted.map { $0?.version }),
                .integers(wanted.map { $0?.edition }),
            ])
        guard rows.count == requests.count else {
            throw CertificateRefusal("The certificate was abandoned while its job ran; replay the job.")
        }
        return try rows.map(CertificateDescription.init)
    }

    private func staleFiles(of attempts: [(job: JobID, certificate: Int)]) throws -> [[StorageKey]] {
        let rows = try transaction.query(
            """
            SELECT a.place, f.key FROM unnest($1::text[], $2::bigint[]) WITH ORDINALITY AS a (job, certificate, place)
            JOIN coursework.certificate_files f ON f.job = a.job AND f.certificate = a.certificate
            """, [.texts(attempts.map(\.job.description)), .integers(attempts.map(\.certificate))])
        var keys = [[StorageKey]](repeating: [], count: attempts.count)
        for row in rows {
            let (place, text): (Int, String) = (try row["place"], try row["key"])
            if let key = StorageKey(text) { keys[place - 1].append(key) }
        }
        return keys
    }

    private func write(_ attempts: [(job: JobID, reserved: Reserved)]) throws {
        guard !attempts.isEmpty, Protection.certificateFiles.isOn else { return }
        try transaction.query(
            """
            INSERT INTO coursework.certificate_files (key, certificate, job)
            SELECT key, certificate, job FROM unnest($1::text[], $2::bigint[], $3::text[]) AS n (key, certificate, job)
            """,
            [
                .texts(attempts.map(\.reserved.key.text)), .integers(attempts.map(\.reserved.certificate.id)),
                .texts(attempts.map(\.job.description)),
            ])
    }

    /// Another one for each attempt, so that none overwrites what another one published.
    private static func newKey(_ code: String) -> StorageKey {
        let attempt = String(UInt32.random(in: .min ... .max), radix: 16)
        guard let key = StorageKey("certificates/\(code.prefix(2))/\(code)-\(attempt).pdf") else {
            preconditionFailure("a code makes a key")
        }
        return key
    }
}

extension ReservationRound.Request {
    /// Nil for one that is resumed.
    fileprivate var reservation: Reservation? { if case .new(let reservation) = what { reservation } else { nil } }

    /// Nil for a new one.
    fileprivate var resumedID: Int? { if case .resumed(let id) = what { id } else { nil } }
}
