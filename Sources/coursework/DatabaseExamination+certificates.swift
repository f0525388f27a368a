import CertificateRecord
import Jobs
import PostgresClient

extension DatabaseExamination {
    /// After which a certificate that has its number should have been issued.
    private static let longestIssue = Duration.seconds(3600)

    /// Nothing where the tables are missing: the migrations say so.
    func certificates(_ client: PostgresClient) async -> [Finding] {
        let check = "certificates"
        do {
            let record = CertificateRecord(client)
            let (count, oldest) = try await record.unfinished(olderThan: Self.longestIssue)
            let stray = try await record.strayFiles(olderThan: Self.longestIssue, limit: 1000).count
            var advice: [String] = []
            if count > 0, let oldest {
                advice.append(
                    "\(count) got a number and \(count == 1 ? "was" : "were") not issued, the first at \(Timestamp(oldest)): replay their dead letters, or coursework certificates abandon CODE."
                )
            }
            if stray > 0 {
                advice.append(
                    "\(stray == 1000 ? "1000 or more files are" : stray == 1 ? "1 file is" : "\(stray) files are") no certificate's: coursework certificates tidy."
                )
            }
            guard advice.isEmpty else {
                return [Finding(check: check, state: .warning, message: advice.joined(separator: " "))]
            }
            return [
                Finding(check: check, state: .ok, message: "All that have a number are issued, or their turn comes.")
            ]
        } catch let error as PostgresError where error.state == .undefinedTable {
            return []
        } catch {
            return [Finding(check: check, state: .error, message: "\(error)")]
        }
    }
}
