import Database
import Jobs
import Outbox
import Platform
import PostgresClient
import QuizRecord

/// The checks of `doctor` that concern the database.
struct DatabaseExamination {
    /// The check whose failure means that nobody answers.
    static let reachable = "database"
    /// Seconds after which somebody should have moved a row.
    private static let longestWait = 60.0
    /// After which somebody should have graded what was handed in.
    static let longestUngraded = Duration.seconds(600)

    let configuration: PostgresConfiguration
    let queues: [QueueName]
    let loop: EventLoop
    /// How long a version of a video is kept that another one replaced.
    let keepVersions: Duration

    func findings() async -> [Finding] {
        let client = PostgresClient(configuration, name: "coursework-doctor", loop: loop)
        defer { client.close() }
        do {
            let settings = try await client.query(
                """
                SELECT current_setting('server_version') AS version, current_setting('fsync') AS fsync,
                    current_setting('synchronous_commit') AS commit
                """)
            guard let row = settings.first else { return [] }
            let version: String = try row["version"]
            return [
                Finding(check: Self.reachable, state: .ok, message: "\(configuration) answers, version \(version)."),
                durability(fsync: try row["fsync"], commit: try row["commit"]),
                await migrations(),
            ] + (await outbox(client)) + (await quizzes(client)) + (await certificates(client)) + (await videos(client))
        } catch {
            let isAway = (error as? PostgresError)?.isTransient == true
            return [Finding(check: isAway ? Self.reachable : "database access", state: .error, message: "\(error)")]
        }
    }

    private func durability(fsync: String, commit: String) -> Finding {
        guard fsync == "on" else { return durability("fsync is off: a power cut may destroy the database") }
        guard commit != "off" else {
            return durability("synchronous_commit is off: a crash takes back what was answered")
        }
        return Finding(check: "database durability", state: .ok, message: "synchronous_commit is \(commit).")
    }

    private func durability(_ why: String) -> Finding {
        Finding(check: "database durability", state: .warning, message: "\(why). Turn it on.")
    }

    /// What one look at tables finds: nothing where they are missing, for the migrations say so.
    func finding(of check: String, _ look: () async throws -> Finding) async -> [Finding] {
        do {
            return [try await look()]
        } catch let error as PostgresError where error.state == .undefinedTable {
            return []
        } catch {
            return [Finding(check: check, state: .error, message: "\(error)")]
        }
    }

    private func outbox(_ client: PostgresClient) async -> [Finding] {
        await finding(of: "outbox") { finding(try await Outbox(client).summary()) }
    }

    private func finding(_ outbox: Outbox.Summary) -> Finding {
        var message = "\(outbox.unsent) rows unsent, \(outbox.sent) sent and not known to have ended"
        var advice: [String] = []
        if outbox.unsent > 0 {
            message += "; the oldest unsent row is \(Int(outbox.oldestUnsentSeconds)) s old"
            if outbox.oldestUnsentSeconds > Self.longestWait { advice.append("is coursework relay running?") }
        }
        let strange = Set(outbox.queues).subtracting(queues.map(\.name)).sorted()
        if !strange.isEmpty {
            advice.append(
                "rows wait for queues that the configuration does not have: \(strange.joined(separator: ", "))")
        }
        if outbox.refused > 0 { advice.append("\(outbox.refused) rows can never be sent, see their column error") }
        return Finding(
            check: "outbox", state: advice.isEmpty ? .ok : .warning,
            message: ([message + "."] + advice).joined(separator: " "))
    }

    private func quizzes(_ client: PostgresClient) async -> [Finding] {
        let check = "quizzes"
        return await finding(of: check) {
            let (count, oldest) = try await QuizRecord(client).countUngraded(olderThan: Self.longestUngraded)
            guard count > 0, let oldest else {
                return Finding(check: check, state: .ok, message: "What was handed in is graded, or its turn comes.")
            }
            return Finding(
                check: check, state: .warning,
                message: """
                    \(count) attempt\(count == 1 ? "" : "s") handed in and not graded, the first since \
                    \(Timestamp(oldest)); look at dead letters and queues, then coursework quiz ungraded --enqueue.
                    """)
        }
    }

    private func migrations() async -> Finding {
        do {
            let all = try await Migrator(configuration, loop: loop).status()
            let pending = all.count { $0.appliedAt == nil }
            return Finding(
                check: "migrations", state: pending == 0 ? .ok : .error,
                message: pending == 0
                    ? "all \(all.count) applied." : "\(pending) of \(all.count) are pending: run coursework migrate.")
        } catch {
            return Finding(check: "migrations", state: .error, message: "\(error)")
        }
    }
}
