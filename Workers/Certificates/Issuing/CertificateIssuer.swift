import CertificateDrawing
import CertificateRecord
import CertificateTemplates
import Jobs
import PostgresClient
import Signing
import Storage

/// Issues certificates: looks up what there is, reserves code and number, draws, stores the file, and publishes all of it in one
/// transaction.
///
/// Whatever dies in between, the next attempt goes on with the same code and number. What many jobs ask for at once is written
/// together, so that a commit serves many.
final class CertificateIssuer: Sendable {
    let record: CertificateRecord
    let storage: any ObjectStorage
    private let press: CertificatePress
    private let lookups: GroupWriter<CertificateOrder, Lookup.Found?>
    private let reservations: GroupWriter<ReservationRound.Request, Reserved>
    private let publications: GroupWriter<Publication, Bool>
    private let defaults: CertificateDefaults

    /// - Parameters:
    ///   - client: of a database that `coursework migrate` has prepared.
    ///   - persistence: not long: the job comes back, and finds what was committed.
    init(
        _ client: PostgresClient, storage: any ObjectStorage, press: CertificatePress, defaults: CertificateDefaults,
        persistence: Persistence = Persistence(limit: .seconds(5))
    ) {
        record = CertificateRecord(client)
        (self.storage, self.press, self.defaults) = (storage, press, defaults)
        lookups = GroupWriter { orders in
            try await persistence.run { try await Lookup.find(orders, in: client) }
        }
        reservations = GroupWriter { requests in
            try await persistence.run {
                try await client.transaction { try ReservationRound(transaction: $0).reserve(requests) }
            }
        }
        publications = GroupWriter { publications in
            try await persistence.run {
                try await client.transaction { try PublicationRound(transaction: $0).publish(publications) }
            }
        }
    }

    /// - Throws: ``CertificateRefusal`` and `InvalidCertificate` for what a person must mend; ``BeingIssued``; `StorageError`,
    ///   `PostgresError`, `DrawingFailure`.
    func issue(_ order: CertificateOrder) async throws -> IssuedCertificate {
        switch try CertificatePlan(order, try await lookups.submit(order, isCancellable: true), defaults) {
        case .existing(let certificate): return IssuedCertificate(certificate, isNew: false, in: storage)
        case .resume(let certificate):
            let sheet = try await press.sheet(for: certificate.details, code: certificate.code)
            return try await finish(order, .resumed(certificate.id), sheet)
        case .reserve(let reservation):
            let sheet = try await press.sheet(for: reservation.details, code: reservation.code.text)
            return try await finish(order, .new(reservation), sheet)
        }
    }

    private func finish(
        _ order: CertificateOrder, _ what: ReservationRound.Request.What, _ sheet: CertificatePress.Sheet
    ) async throws -> IssuedCertificate {
        let request = ReservationRound.Request(what: what, job: order.job)
        let reserved = try await reservations.submit(request, isCancellable: true)
        let certificate = reserved.certificate
        guard request.holds(certificate) else {
            guard certificate.state == .issuing else {
                return IssuedCertificate(certificate, isNew: false, in: storage)
            }
            throw BeingIssued(code: certificate.code, job: certificate.job)
        }
        for key in reserved.stale { try await storage.delete(key) }
        let made = try await make(reserved, sheet)
        try await storage.write(made.file, to: reserved.key, mediaType: "application/pdf")
        return try await publish(made, reserved, order)
    }

    /// One that cannot be drawn gives its number back.
    private func make(_ reserved: Reserved, _ sheet: CertificatePress.Sheet) async throws -> CertificatePress.Made {
        do {
            return try await press.make(reserved.certificate, on: sheet)
        } catch let refusal as InvalidCertificate {
            if let code = CertificateCode(reserved.certificate.code) { _ = try await record.abandon(code) }
            throw refusal
        }
    }

    private func publish(
        _ made: CertificatePress.Made, _ reserved: Reserved, _ order: CertificateOrder
    ) async throws -> IssuedCertificate {
        let publication = Publication(
            reserved: reserved, sha256: SHA256.text(made.file), bytes: made.file.count, badge: made.badge,
            job: order.job.description, reason: order.kind.reason)
        let isPublished = try await publications.submit(publication, isCancellable: false)
        guard isPublished else { return try await yield(reserved) }
        return IssuedCertificate(reserved.certificate, isNew: true, file: reserved.key, in: storage)
    }

    /// Another attempt was faster: its file counts, and this one goes.
    private func yield(_ reserved: Reserved) async throws -> IssuedCertificate {
        guard let code = CertificateCode(reserved.certificate.code), let certificate = try await record.find(code)
        else {
            throw CertificateRefusal("The certificate was abandoned while its job ran; replay the job.")
        }
        // The answer to an earlier try of the same publication may have been lost.
        if certificate.file == reserved.key.text { return IssuedCertificate(certificate, isNew: true, in: storage) }
        try await storage.delete(reserved.key)
        try await record.forget(files: [reserved.key.text])
        return IssuedCertificate(certificate, isNew: false, in: storage)
    }
}

extension CertificateOrder.Kind {
    fileprivate var reason: String? {
        if case .edition(_, let reason) = self { reason } else { nil }
    }
}
