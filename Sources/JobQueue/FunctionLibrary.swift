package import Platform
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
    ///
    /// To look and to load are two steps. So a library is replaced only by one that saw an older one there, and whoever
    /// works with Redis looks again every second: should two versions start in the same moment and the older one be left,
    /// the newer one is back a second later.
    public func ensure() async throws {
        let own = Self.ownVersion
        guard let loaded = try await loadedVersion() else { return try await loadMissing() }
        if loaded.oldest > own.number { throw IncompatibleLibrary(own: own, loaded: loaded) }
        if loaded.number < own.number, Protection.reload.isOn {
            try await load("REPLACE")
        }
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

    /// Sends a function call and gives its answer.
    /// - Throws: also the error the server answers.
    package func send(_ pipeline: RedisPipeline, deadline: MonotonicTime? = nil) async throws(RedisError) -> RedisValue
    {
        let value = try await sendAll(pipeline, deadline: deadline).first
        if let error = value.error { throw error }
        return value
    }

    /// Sends function calls that may be repeated. When the server lost the functions, or has older ones, they are loaded
    /// and the calls sent again.
    func sendAll(_ pipeline: RedisPipeline, deadline: MonotonicTime? = nil) async throws(RedisError) -> RedisReply {
        let reply = try await client.send(pipeline, deadline: deadline)
        guard Protection.reload.isOn, reply.values.contains(where: { $0.error?.code == .functionMissing }) else {
            return reply
        }
        do { try await ensure() } catch let error as RedisError { throw error } catch {
            throw RedisError(.functionMissing, "\(error)")
        }
        return try await client.send(pipeline, deadline: deadline)
    }

    /// Loads ours where there is none: should another program be quicker, perhaps with a newer one, its library stays.
    private func loadMissing() async throws(RedisError) {
        do throws(RedisError) { try await load() } catch {
            guard error.message.contains("already exists") else { throw error }
        }
    }

    private func load(_ options: String...) async throws(RedisError) {
        var pipeline = RedisPipeline()
        pipeline.add(["FUNCTION", "LOAD"] + options + [Self.source])
        guard let error = try await client.send(pipeline).first.error else { return }
        guard error.code == .permission else { throw error }
        throw RedisError(
            .functionMissing,
            "The functions in Redis are missing or old, and \(who) may not bring them: "
                + "run coursework redis load first. (\(error.message))")
    }

    private var who: String { client.configuration.user.map { "the Redis user '\($0)'" } ?? "the default user" }

    /// The source: the parts in the order they build on each other.
    package static let source: String = [
        PackageResources.library_lua, PackageResources.letters_lua, PackageResources.join_lua,
        PackageResources.members_lua, PackageResources.enqueue_lua, PackageResources.complete_lua,
        PackageResources.progress_lua, PackageResources.log_lua, PackageResources.retry_lua, PackageResources.bury_lua,
        PackageResources.release_lua, PackageResources.renew_lua, PackageResources.rescue_lua,
        PackageResources.statistics_lua, PackageResources.push_lua, PackageResources.pause_lua,
        PackageResources.limits_lua, PackageResources.promote_lua, PackageResources.cancel_lua,
        PackageResources.announce_lua, PackageResources.schedule_lua, PackageResources.chain_lua,
        PackageResources.batch_lua, PackageResources.outgoing_lua, PackageResources.dead_lua,
        PackageResources.audit_lua, PackageResources.swap_lua,
    ].map { String(decoding: $0, as: UTF8.self) }.joined(separator: "\n")

    /// Read from the source, so that the numbers stand in one place.
    package static let ownVersion: Version = {
        func number(_ name: String) -> Int? {
            let line = source.split(separator: "\n").first { $0.hasPrefix("local \(name) = ") }
            return line.flatMap { Int($0.split(separator: " ").last ?? "") }
        }
        guard let version = number("VERSION"), let oldest = number("OLDEST") else {
            preconditionFailure("library.lua does not say its VERSION and OLDEST")
        }
        return Version(number: version, oldest: oldest)
    }()
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
