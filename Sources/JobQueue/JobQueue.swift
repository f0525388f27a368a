public import Jobs
internal import Platform
public import RedisClient
package import Sealing

/// One queue in Redis, and every transition of its jobs: *enqueue, claim, renew, complete, retry, bury, release,
/// promote, rescue*.
///
/// Each transition is one atomic step at the server, and safe to repeat. Those of a claimed job prove that the worker
/// still holds it: a worker that lost a job changes nothing and is told so.
public struct JobQueue: Sendable {
    public let name: QueueName
    public let keys: QueueKeys
    let client: RedisClient
    package let library: FunctionLibrary
    /// What the configuration has to be sealed on its way to Redis: the companion of the server's.
    package let vault: PayloadVault

    public init(_ name: QueueName, client: RedisClient) {
        self.name = name
        self.client = client
        keys = QueueKeys(name)
        library = FunctionLibrary(client: client)
        vault = client.configuration.companion?.object as? PayloadVault ?? .none
    }

    /// Calls one of the library's functions on this queue's stream.
    /// - Parameter deadline: when to give up; nil takes the client's own.
    func call(
        _ function: StaticString, _ arguments: String..., deadline: MonotonicTime? = nil
    ) async throws(RedisError) -> RedisValue {
        var pipeline = RedisPipeline()
        begin(function, arguments: arguments.count, in: &pipeline)
        for argument in arguments { pipeline.append(argument) }
        return try await library.send(pipeline, deadline: deadline)
    }

    /// Begins a function call; `arguments` appends must follow.
    package func begin(_ function: StaticString, arguments: Int, in pipeline: inout RedisPipeline) {
        pipeline.begin(arguments: 4 + arguments)
        pipeline.append("FCALL" as StaticString)
        pipeline.append(function)
        pipeline.append(1)
        pipeline.append(keys.stream)
    }
}
