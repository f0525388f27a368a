internal import JobQueue
public import RedisClient

/// The Redis functions with one protection taken out: what a test must notice, or it proves nothing.
public struct Mutant: Sendable, CustomStringConvertible {
    /// What the mutant does wrong.
    public let name: String
    /// The text of the library that is replaced; it occurs exactly once.
    let original: String
    let replacement: String

    init(_ name: String, _ original: String, _ replacement: String = "") {
        self.name = name
        self.original = original
        self.replacement = replacement
    }

    public var description: String { name }

    /// The mutated library.
    /// - Throws: ``OutdatedMutant`` when the library has changed and the mutant was not.
    public func source() throws -> String {
        guard FunctionLibrary.source.ranges(of: original).count == 1 else { throw OutdatedMutant(mutant: self) }
        return FunctionLibrary.source.replacing(original, with: replacement)
    }

    /// Loads the mutated library. It calls itself the same version, so nobody replaces it.
    public func load(through client: RedisClient) async throws {
        _ = try await client.call("FUNCTION", "LOAD", "REPLACE", try source())
    }

    /// The mutant of that name.
    public static func named(_ name: String) -> Mutant? { (all + deadLetters + requests).first { $0.name == name } }
}

/// The library has changed under a mutant.
public struct OutdatedMutant: Error, CustomStringConvertible {
    let mutant: Mutant

    public var description: String {
        """
        The text that the mutant "\(mutant.name)" replaces does not occur exactly once in the Redis functions: \
        adapt it in Tests/Mutants.
        """
    }
}
