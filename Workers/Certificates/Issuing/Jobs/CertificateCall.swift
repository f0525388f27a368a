import CertificateBadges
import CertificateSigning
import CertificateTemplates
import Jobs
import PostgresClient
import Storage

/// What all jobs with certificates share: what becomes of a job by what went wrong.
struct CertificateCall: Sendable {
    /// Nil where no database is configured.
    let issuer: CertificateIssuer?
    private let outage = Outage()

    /// How long a job waits for another one that issues the same certificate.
    private static let turn = Duration.seconds(1)

    init(issuer: CertificateIssuer?) { self.issuer = issuer }

    func run(_ context: JobContext, _ body: (CertificateIssuer) async throws -> Outcome) async throws -> Outcome {
        guard let issuer else {
            return .bury(
                reason:
                    "There is no database with the certificates: set DATABASE_URL, run coursework migrate, and replay it."
            )
        }
        do {
            let outcome = try await body(issuer)
            outage.end()
            return outcome
        } catch let refusal as CertificateRefusal {
            return .bury(reason: refusal.description)
        } catch let refusal as InvalidCertificate {
            return .bury(reason: refusal.description)
        } catch is BeingIssued {
            return .snooze(Self.turn)
        } catch let error as PostgresError where error.isTransient || error.state == .undefinedTable {
            return wait(context, error)
        } catch {
            guard
                error is StorageError || error is InvalidBadgeKey || error is InvalidIdentity || error is UnusableSeal
                    || error is TimestampFailure
            else { throw error }
            return wait(context, error)
        }
    }

    private func wait(_ context: JobContext, _ error: any Error) -> Outcome {
        context.logger.warning("The certificate must wait: \(error)")
        return .snooze(outage.nextWait(at: context.now))
    }
}
