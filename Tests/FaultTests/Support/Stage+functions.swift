import JobQueue
import Mutants
import RedisClient
import TestSupport

/// The Redis functions, to be lost, to be old, and to lack a protection. A fleet has brought them.
extension Stage {
    /// The library as the server has it.
    var functions: String {
        get async throws {
            let libraries = try await redis.call("FUNCTION", "LIST", "LIBRARYNAME", "coursework", "WITHCODE").elements
            for library in libraries {
                let words = Array(library.elements)
                guard let name = words.firstIndex(where: { $0 == "library_code" }) else { continue }
                if let code = words[name + 1].string { return code }
            }
            throw TestFailure("Redis has no functions.")
        }
    }

    /// Replaces the functions by a changed text, which calls itself the same version, so that nobody replaces it.
    func change(functions source: String, _ change: (String) -> String) async throws {
        let changed = change(source)
        guard changed != source else {
            throw TestFailure("The functions do not have the text to be changed: adapt the test.")
        }
        _ = try await redis.call("FUNCTION", "LOAD", "REPLACE", changed)
    }

    /// Takes out what the functions protect. Nil takes out nothing.
    func load(mutant name: String?) async throws {
        guard let name else { return }
        guard let mutant = Mutant.named(name) else { throw TestFailure("There is no mutant that '\(name)'.") }
        try await mutant.load(through: redis)
    }

    /// Nil when there are none.
    var functionsVersion: Int? {
        get async throws { try await FunctionLibrary(client: redis).loadedVersion()?.number }
    }
}
