import Access
import Configuration
import HTTPServer
import Logging
import Platform
import RedisClient

/// Who may come into a server, and what it keeps up to date for that.
struct ServerAccess {
    let gate: AccessGate
    private let keys: KeyRing
    private let tokens: TokenVerifier?
    private let redis: RedisClient

    init(setup: Setup, loop: EventLoop) throws {
        let settings = setup.configuration.server
        // A connection of its own: a revocation waits behind nobody's work.
        redis = RedisClient(try setup.impatient.redis, name: "coursework-serve-keys", loop: loop)
        keys = KeyRing(KeyStore(redis), loop: loop, logger: setup.logger)
        tokens = settings.jwt.map { jwt in
            TokenVerifier(
                TokenRules(issuer: jwt.issuer, audience: jwt.audience, roleClaim: jwt.roleClaim), Self.source(jwt),
                loop: loop, logger: setup.logger)
        }
        let limits = settings.rateLimit
        gate = AccessGate(
            keys: keys, tokens: tokens,
            limits: AccessLimits(principal: limits.key, address: limits.address, failures: limits.failures))
    }

    /// The keys are there before the first request, where Redis is.
    func whileRunning(_ body: () async throws -> Void) async throws {
        await keys.refresh()
        try await withThrowingTaskGroup { group in
            // A command that is under way then ends at once.
            defer {
                group.cancelAll()
                redis.close()
            }
            group.addTask { await keys.run() }
            if let tokens { group.addTask { await tokens.run() } }
            try await body()
        }
    }

    static func source(_ jwt: JWTSettings) -> TokenKeySource {
        jwt.jwksURL.map { .url($0, certificatesFile: jwt.caFile) } ?? .file(jwt.jwksFile ?? "")
    }
}
