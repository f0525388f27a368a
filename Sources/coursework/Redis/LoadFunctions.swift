import JobQueue

/// `redis load`: brings the functions that this program carries.
struct LoadFunctions: RedisVerb {
    static let actions: [String] = []

    init(_ arguments: inout Arguments) throws {}

    func run(_ setup: Setup) async throws {
        try await setup.signingIn(as: .deploy).withRedis(RedisCommand.name) { client, _ in
            guard let version = try await FunctionLibrary(client: client).loadedVersion() else { return }
            Terminal.print("version \(version.number)")
        }
    }
}
