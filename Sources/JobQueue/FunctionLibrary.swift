internal import Platform
public import RedisClient

/// The Redis functions behind the verbs, and the handshake that keeps them in step with this program.
///
/// During a deploy, workers of two versions share one library. It is only ever replaced by a newer one, and a newer one
/// still answers the older workers down to the oldest it names; a worker older than that ends with an error instead of
/// calling what it does not understand.
public struct FunctionLibrary: Sendable {
    /// The version of the library this program carries, and the oldest worker that may call it.
    public struct Version: Sendable, Equatable {
        public let number: Int
        public let oldest: Int
    }

    let client: RedisClient

    public init(client: RedisClient) { self.client = client }

    /// Makes sure that the server has a library this program can work with; loads ours when it has none, or an older one.
    public func ensure() async throws {
        let own = try Self.ownVersion()
        guard let loaded = try await loadedVersion() else { return try await load() }
        if loaded.oldest > own.number { throw IncompatibleLibrary(own: own, loaded: loaded) }
        if loaded.number < own.number, Protection.reload.isOn { try await load() }
    }

    /// Nil when the server has no library.
    public func loadedVersion() async throws(RedisError) -> Version? {
        do {
            let numbers = try await client.call("FCALL_RO", "cw_version", "0").elements.compactMap(\.integer)
            return numbers.count == 2 ? Version(number: numbers[0], oldest: numbers[1]) : nil
        } catch  where error.code == .functionMissing {
            return nil
        }
    }

    /// Sends function calls. When the server lost the library, nothing was done: it is loaded and they are sent again.
    func send(_ pipeline: RedisPipeline) async throws(RedisError) -> RedisValue {
        let value = try await client.send(pipeline).first
        guard let error = value.error else { return value }
        guard error.code == .functionMissing, Protection.reload.isOn else { throw error }
        try await load()
        let second = try await client.send(pipeline).first
        if let error = second.error { throw error }
        return second
    }

    func load() async throws(RedisError) {
        _ = try await client.call("FUNCTION", "LOAD", "REPLACE", Self.source)
    }

    /// The source: the parts in the order they build on each other.
    static let source: String = [
        PackageResources.library_lua, PackageResources.join_lua, PackageResources.enqueue_lua,
        PackageResources.complete_lua, PackageResources.retry_lua, PackageResources.bury_lua,
        PackageResources.release_lua, PackageResources.renew_lua, PackageResources.promote_lua,
        PackageResources.rescue_lua, PackageResources.statistics_lua,
    ].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")

    /// Read from the source, so that the number stands in one place.
    static func ownVersion() throws -> Version {
        func number(_ name: String) -> Int? {
            let line = source.split(separator: "\n").first { $0.hasPrefix("local \(name) = ") }
            return line.flatMap { Int($0.split(separator: " ").last ?? "") }
        }
        guard let version = number("VERSION"), let oldest = number("OLDEST") else {
            preconditionFailure("library.lua does not say its VERSION and OLDEST")
        }
        return Version(number: version, oldest: oldest)
    }
}

/// The server's library belongs to a newer Coursework that does not serve this one any more.
public struct IncompatibleLibrary: Error, CustomStringConvertible {
    let own: FunctionLibrary.Version
    let loaded: FunctionLibrary.Version

    public var description: String {
        """
        The functions in Redis are version \(loaded.number) and serve workers from version \(loaded.oldest) on; this \
        program is version \(own.number): install the newer coursework on this machine.
        """
    }
}
