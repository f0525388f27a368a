import Database
import LocalServers
import Platform

/// The servers that `dev` and `demo` run on, in folders of their own, with the database's tables made.
struct PrivateServers {
    let redis: LocalRedis
    let postgres: LocalPostgres

    static func start(in folder: String, on loop: EventLoop) async throws -> PrivateServers {
        async let postgres = startPostgres(in: folder + "/postgres", on: loop)
        let redis = try await LocalRedis.start(in: folder + "/redis", on: loop)
        do {
            return PrivateServers(redis: redis, postgres: try await postgres)
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
    var environment: [String: String] { ["REDIS_URL": redis.url, "DATABASE_URL": postgres.url] }

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
