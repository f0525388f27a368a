import Foundation
import ProgramSupport
import TestSupport

extension Site {
    /// Where the servers of `dev` are.
    var devEnvironment: [String: String] {
        [
            "REDIS_URL": "unix://\(data)/redis/redis.sock",
            "DATABASE_URL": "postgresql://coursework@/coursework?host=\(data)/postgres",
        ]
    }

    /// Runs a command on the servers of `dev`.
    func runOnDev(_ words: String...) async throws -> Finished {
        try await run(program: Product.command, words, environment: devEnvironment)
    }

    /// Asks the Redis of `dev` with redis-cli, signed in to as a role.
    func redisOnDev(as role: String = "operator", _ words: String...) async throws -> Finished {
        try await redisOnDev(as: role, words)
    }

    func redisOnDev(as role: String, _ words: [String]) async throws -> Finished {
        let password = try String(contentsOfFile: "\(data)/accounts/\(role)", encoding: .utf8)
        return try await run(
            program: "redis-cli", ["-s", data + "/redis/redis.sock", "--user", role] + words,
            environment: ["REDISCLI_AUTH": password.trimmingCharacters(in: .newlines)])
    }

    /// Asks the database of `dev` with psql, a client that is not ours.
    @discardableResult
    func sql(_ text: String, user: String = "coursework") async throws -> String {
        let words = ["-h", data + "/postgres", "-U", user, "-v", "ON_ERROR_STOP=1", "-qAt", "-c", text, "coursework"]
        let finished = try await run(program: "psql", words)
        guard finished.exit == .code(0) else { throw TestFailure("psql: \(finished)") }
        return finished.output
    }
}
