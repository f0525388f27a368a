import Foundation
import Glibc
import ProgramSupport
import Testing

/// Below a service manager that restarts one process at a time, as systemd does.
@Suite("A worker in the place of one that died", .inTurns)
struct SuccessorTests {
    private static let longLease = """
        { queues: ["default"], lease: { duration: "10m", renewEvery: "1m", rescueEvery: "100ms" },
          pools: { main: { queues: ["default"], slots: 4 } } }
        """

    @Test func `hands on what that one held, long before its lease runs out`() async throws {
        try await Site.with(Self.longLease) { site in
            let place = ["RUNTIME_DIRECTORY": try site.folder(named: "run")]
            let first = try await site.start("work", "--diagnostics", environment: place)
            _ = try await first.errors.first(containing: #""message":"ready""#)
            let job = try await site.add("diagnostics.sleep", #"{"seconds":3}"#)
            try await site.untilActive(1)
            _ = try await first.end(by: SIGKILL)

            let second = try await site.start("work", "--diagnostics", environment: place)
            #expect(try await site.end(of: job) == "done")
            #expect(second.errors.all.contains { $0.contains("handed on the jobs of a worker that died") })
            let ended = try await second.end()
            #expect(ended.exit == .code(0), "\(ended)")
        }
    }

    @Test func `takes nothing from one that lives`() async throws {
        try await Site.with(Self.longLease) { site in
            let place = ["RUNTIME_DIRECTORY": try site.folder(named: "run")]
            let first = try await site.start("work", "--diagnostics", environment: place)
            _ = try await first.errors.first(containing: #""message":"ready""#)
            let job = try await site.add("diagnostics.sleep", #"{"seconds":5}"#)
            try await site.untilActive(1)
            let second = try await site.start("work", "--diagnostics", environment: place)
            _ = try await second.errors.first(containing: #""message":"ready""#)
            #expect(try await site.end(of: job) == "done")
            #expect(try await site.redis("HGET", "cw:{default}:stats", "rescued") == "")
            for worker in [first, second] { #expect(try await worker.end().exit == .code(0)) }
        }
    }
}

extension Site {
    fileprivate func folder(named name: String) throws -> String {
        let path = folder + "/" + name
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}
