import CertificateRecord
import Jobs
import PostgresClient

extension DatabaseExamination {
    /// After which a certificate that has its number should have been issued.
    private static let longestIssue = Duration.seconds(3600)

    func certificates(_ client: PostgresClient) async -> [Finding] {
        let check = "certificates"
        return await finding(of: check) {
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
            return Finding(
                check: check, advice: advice, otherwise: "All that have a number are issued, or their turn comes.")
        }
    }
}
