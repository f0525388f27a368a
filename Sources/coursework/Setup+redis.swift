import JobQueue
import Platform
import RedisClient

extension Setup {
    /// Lends a command a client of Redis, on an event loop of its own, and closes it behind it.
    /// - Parameters:
    ///   - name: the command's, by which Redis lists the connection.
    ///   - functions: whether the command calls the Redis functions: then they are there when it begins.
    func withRedis<Value>(
        _ name: String, functions: Bool = true, _ body: (RedisClient, EventLoop) async throws -> Value
    ) async throws -> Value {
        let loop = try EventLoop()
        let client = RedisClient(try redis, name: "coursework-\(name)", loop: loop)
        defer { client.close() }
        if functions { try await FunctionLibrary(client: client).ensure() }
        return try await body(client, loop)
    }
}
