import Jobs
import PostgresClient
import VideoRecord

extension DatabaseExamination {
    /// After which a video should have been made, or given up.
    private static let longestTranscode = Duration.seconds(86_400)
    /// What should have been tidied away by then.
    private static let longestLeftover = Duration.seconds(7 * 86_400)

    func videos(_ client: PostgresClient) async -> [Finding] {
        let check = "videos"
        return await finding(of: check) {
            let record = VideoRecord(client)
            let (count, oldest) = try await record.unfinished(olderThan: Self.longestTranscode)
            let left = try await record.leftovers(
                replaced: keepVersions + Self.longestLeftover, abandoned: Self.longestLeftover, limit: 1000
            ).count
            var advice: [String] = []
            if count > 0, let oldest {
                advice.append(
                    "\(count) \(count == 1 ? "is" : "are") being processed for more than a day, the first since \(Timestamp(oldest)); their jobs may be dead: coursework videos tidy tells."
                )
            }
            if left > 0 {
                advice.append(
                    "\(left == 1000 ? "1000 or more folders are" : left == 1 ? "1 folder is" : "\(left) folders are") no video's for a week: run coursework videos tidy, best every hour."
                )
            }
            return Finding(check: check, advice: advice, otherwise: "What jobs began has ended, or is young.")
        }
    }
}
