import Database
import JobQueue
import LocalServers
import Platform
import RedisClient
import RedisRoles

/// The servers that `dev` and `demo` run on, in folders of their own, with the database's tables made.
struct PrivateServers {
    let redis: LocalRedis
    let accounts: RedisAccounts
    let postgres: LocalPostgres

    static func start(in folder: String, on loop: EventLoop) async throws -> PrivateServers {
        async let postgres = startPostgres(in: folder + "/postgres", on: loop)
        let accounts = RedisAccounts(folder: folder + "/accounts")
        var options = LocalRedis.Options()
        options.accounts = accounts
        let redis = try await LocalRedis.start(in: folder + "/redis", options: options, on: loop)
        do {
            try await loadFunctions(redis, on: loop)
            return PrivateServers(redis: redis, accounts: accounts, postgres: try await postgres)
        } catch {
            await redis.stop()
            throw error
        }
    }

    func stop() async {
        async let postgresEnd: Void = postgres.stop()
        await redis.stop()
        await postgresEnd
    }

    /// Where they are, for the programs that use them.
    var environment: [String: String] {
        ["REDIS_URL": redis.url, "REDIS_ACCOUNTS": accounts.folder, "DATABASE_URL": postgres.url]
    }

    /// None of those who use them may do that.
    private static func loadFunctions(_ redis: LocalRedis, on loop: EventLoop) async throws {
        let client = RedisClient(try redis.configuration(as: .deploy), name: "coursework-dev", loop: loop)
        defer { client.close() }
        try await FunctionLibrary(client: client).ensure()
    }

    private static func startPostgres(in folder: String, on loop: EventLoop) async throws -> LocalPostgres {
        let postgres = try await LocalPostgres.start(in: folder, on: loop)
        do {
            _ = try await Migrator(postgres.configuration, loop: loop).migrate()
        } catch {
            await postgres.stop()
            throw error
        }
        return postgres
    }
}
