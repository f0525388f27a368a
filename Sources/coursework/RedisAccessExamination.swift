import RedisClient
import RedisRoles

/// The check of `doctor` whether strangers get into Redis, and whether a role may do more than it needs.
struct RedisAccessExamination {
    private static let check = "redis access"

    /// What a job system needs nobody for: each ruins, reads or takes over the whole server.
    private static let dangers = [
        ["ACL", "SETUSER", "somebody"], ["CONFIG", "GET", "*"], ["DEBUG", "OBJECT", "cw:{default}"],
        ["EVAL", "return 1", "0"], ["FLUSHALL"], ["FUNCTION", "DELETE", "coursework"], ["KEYS", "*"],
        ["MIGRATE", "host", "1", "cw:{default}", "0", "1"], ["MODULE", "LIST"], ["MONITOR"],
        ["REPLICAOF", "host", "1"], ["RESTORE", "cw:{default}", "0", "value"], ["SCRIPT", "FLUSH"], ["SHUTDOWN"],
    ]
    /// No key of ours.
    private static let strange = ["TYPE", "session"]

    let client: RedisClient

    func finding() async -> Finding {
        if await letsAnybodyIn() {
            return Finding(
                check: Self.check, state: .warning,
                message: """
                    Whoever reaches this Redis may read every job and run any: its default user is open. \
                    coursework redis acl prints a list that closes it.
                    """)
        }
        do throws(RedisError) {
            let excesses = try await excesses()
            guard excesses.isEmpty else {
                return Finding(
                    check: Self.check, state: .warning,
                    message: excesses.joined(separator: " ") + " coursework redis acl prints a list without that.")
            }
            return Finding(
                check: Self.check, state: .ok, message: "Strangers are refused, and no role may do too much.")
        } catch {
            let message = "Strangers are refused; what each role may do cannot be seen (\(error))."
            return Finding(check: Self.check, state: .ok, message: message)
        }
    }

    private func letsAnybodyIn() async -> Bool {
        var stranger = client.configuration
        (stranger.user, stranger.password) = (nil, nil)
        let client = client.signingIn(stranger, name: "coursework-stranger")
        defer { client.close() }
        return (try? await client.call("PING")) != nil
    }

    /// Asks what would be, and does nothing of it. A user that there is not may do nothing.
    private func excesses() async throws(RedisError) -> [String] {
        var excesses: [String] = []
        for role in RedisRole.allCases {
            var pipeline = RedisPipeline()
            let questions = Self.dangers + [Self.strange] + (role == .deploy ? [] : [["FUNCTION", "LOAD", "code"]])
            for question in questions { pipeline.add(["ACL", "DRYRUN", role.rawValue] + question) }
            let reply = try await client.send(pipeline)
            if let error = reply.firstError, error.code == .permission { throw error }
            let allowed = zip(questions, reply.values).filter { $0.1 == "OK" }.map { Self.name(of: $0.0) }
            if !allowed.isEmpty {
                excesses.append("The user '\(role.rawValue)' may \(allowed.joined(separator: ", ")).")
            }
        }
        return excesses
    }

    private static func name(of question: [String]) -> String {
        if question == strange { return "use keys that are not ours" }
        let isContainer = ["ACL", "CONFIG", "DEBUG", "FUNCTION", "MODULE", "SCRIPT"].contains(question[0])
        return question.prefix(isContainer ? 2 : 1).joined(separator: " ")
    }
}
