import Database
import Platform
import PostgresClient

/// The checks of `doctor` that concern the database.
struct DatabaseExamination {
    /// The check whose failure means that nobody answers.
    static let reachable = "database"

    let configuration: PostgresConfiguration
    let loop: EventLoop

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
            ]
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
