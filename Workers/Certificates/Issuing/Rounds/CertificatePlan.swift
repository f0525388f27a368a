import CertificateRecord
import CertificateTemplates

/// What is to be done for an order, by what there is.
enum CertificatePlan: Sendable {
    /// It is there.
    case existing(CertificateDescription)
    /// It has its number, and its file is still to be made.
    case resume(CertificateDescription)
    case reserve(Reservation)

    /// After this many seconds the job that reserved a certificate is not at it any more: longer than its deadline.
    private static let longestAttempt = 150.0

    /// - Throws: ``CertificateRefusal`` for what a person must decide.
    init(_ order: CertificateOrder, _ found: Lookup.Found?, _ defaults: CertificateDefaults) throws {
        switch order.kind {
        case .first: self = try Self.first(order, found, defaults)
        case .edition(let code, let reason): self = try Self.edition(of: code, reason, order, found, defaults)
        }
    }

    private static func first(
        _ order: CertificateOrder, _ found: Lookup.Found?, _ defaults: CertificateDefaults
    ) throws -> CertificatePlan {
        guard let found else { throw CertificateRefusal("The learner's certificate cannot be looked up.") }
        guard let latest = found.latest else {
            let code = CertificateCode()
            let details = try defaults.details(for: order, found, code)
            return .reserve(Reservation(order, found, code, details, series: defaults.series(on: details.date)))
        }
        switch latest.state {
        case .issuing:
            guard latest.job == order.job.description || latest.age > longestAttempt else {
                throw BeingIssued(code: latest.code, job: latest.job)
            }
            return .resume(latest)
        case .valid, .expired: return .existing(latest)
        case .revoked, .reissued:
            throw CertificateRefusal(
                "The learner's certificate \(latest.code) was revoked: to give another one, re-issue it with a reason.")
        }
    }

    private static func edition(
        of code: CertificateCode, _ reason: String, _ order: CertificateOrder, _ found: Lookup.Found?,
        _ defaults: CertificateDefaults
    ) throws -> CertificatePlan {
        guard let found, let latest = found.latest else {
            throw CertificateRefusal("There is no certificate with the code \(code).")
        }
        if latest.job == order.job.description { return latest.state == .issuing ? .resume(latest) : .existing(latest) }
        guard latest.code == code.text else {
            throw CertificateRefusal("The certificate \(code) was replaced by \(latest.code): re-issue that one.")
        }
        guard latest.state != .issuing else {
            throw CertificateRefusal("The certificate \(code) is not issued yet; wait for its job.")
        }
        guard !latest.isErased else { throw CertificateRefusal("The learner of the certificate \(code) was erased.") }
        let new = CertificateCode()
        let details = try defaults.details(replacing: latest, for: order, found, new)
        return .reserve(
            Reservation(
                order, found, new, details, series: defaults.series(on: details.date), edition: latest.edition + 1))
    }
}
