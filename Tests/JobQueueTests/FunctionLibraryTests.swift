import Jobs
import RedisClient
import TestSupport
import Testing

@testable import JobQueue

/// Each test changes the library of its server, so each has a server.
@Suite("The function library", .timeLimit(.minutes(1)))
struct FunctionLibraryTests {
    /// This program's library as another version would carry it.
    private func source(version: Int, oldest: Int) -> String {
        FunctionLibrary.source
            .replacing("local VERSION = \(own.number)\n", with: "local VERSION = \(version)\n")
            .replacing("local OLDEST = \(own.oldest)\n", with: "local OLDEST = \(oldest)\n")
    }

    private var own: FunctionLibrary.Version {
        FunctionLibrary.ownVersion
    }

    /// A server keeps its functions through every restart, and takes new ones only for a higher version.
    @Test func `nothing in it changes without a higher version`() {
        let source = FunctionLibrary.source.utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        #expect(
            own.number == 8 && source == 0x1430_cf74_b30c_1dde, "raise VERSION in library.lua, and both numbers here")
    }

    private func withLoaded(
        _ version: (number: Int, oldest: Int)?, _ body: (FunctionLibrary) async throws -> Void
    ) async throws {
        try await withPrivateRedis { redis in
            let client = redis.newClient()
            defer { client.close() }
            if let version {
                let source = source(version: version.number, oldest: version.oldest)
                _ = try await client.call("FUNCTION", "LOAD", source)
            }
            try await body(FunctionLibrary(client: client))
        }
    }

    @Test func `is loaded where there is none, and once is enough`() async throws {
        try await withLoaded(nil) { library in
            #expect(try await library.loadedVersion() == nil)
            for _ in 1...2 { try await library.ensure() }
            #expect(try await library.loadedVersion() == own)
        }
    }

    @Test func `replaces an older one`() async throws {
        try await withLoaded((own.number - 1, own.number - 1)) { library in
            try await library.ensure()
            #expect(try await library.loadedVersion() == own)
        }
    }

    @Test func `leaves a newer one that still serves this program`() async throws {
        try await withLoaded((own.number + 5, own.number)) { library in
            try await library.ensure()
            #expect(try await library.loadedVersion() == .init(number: own.number + 5, oldest: own.number))
        }
    }

    @Test func `refuses to work with a newer one that does not`() async throws {
        try await withLoaded((own.number + 5, own.number + 1)) { library in
            let error = await #expect(throws: IncompatibleLibrary.self) { try await library.ensure() }
            #expect(error?.description.contains("install the newer coursework") == true)
            let kept = try await library.loadedVersion()
            #expect(kept?.number == own.number + 5)
        }
    }

    @Test func `comes back by itself when it is flushed, for every way to call it`() async throws {
        try await withLoaded(nil) { library in
            let q = TestQueue(library.client)
            var new = NewJob("t.x", queue: "q", args: [])
            new.trackFor = .seconds(100)
            let flush = { _ = try await library.client.call("FUNCTION", "FLUSH") }
            try await q.join()
            try await flush()
            _ = try await q.queue.enqueue(new)
            try await flush()
            let plain = NewJob("t.x", queue: "q", args: [])
            let results = await q.queue.enqueue(contentsOf: [plain, new, plain, new])
            #expect(Set(try results.map { try $0.get() }).count == 4)
            try await flush()
            #expect(try await q.queue.statistics().ready == 5)
            let jobs = try await q.claim(5, by: q.ada)
            try await flush()
            #expect(try await q.queue.complete(jobs, by: q.ada) == [])
        }
    }

    @Test func `says its version in one place`() throws {
        #expect(own.number >= 1 && (1...own.number).contains(own.oldest))
    }
}
