import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("workers", .inTurns)
struct WorkersTests {
    private struct Worker: Decodable {
        let worker: String
        let state: String
        let pid: Int
        let pool: String
        let queues: [String]
        let slots: Int
        let running: Int
        let held: Int
        let version: String
        let started: Date
        let seen: Date
    }

    private func workers(at site: Site) async throws -> [Worker] {
        let json = try await site.run("workers", "--json")
        #expect(json.exit == .code(0), "\(json)")
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let text = try decoder.singleValueContainer().decode(String.self)
            return try Date(text, strategy: Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        }
        return try decoder.decode([Worker].self, from: Data(json.output.utf8))
    }

    @Test func `shows those that live, and no longer those that ended`() async throws {
        try await Site.with { site in
            let none = try await site.run("workers")
            #expect(none.exit == .code(0) && none.output == "No worker was heard of in the last ten minutes.\n")
            let process = try await site.startWorker()
            var found: [Worker] = []
            try await eventually("the worker is listed") {
                found = try await workers(at: site)
                return !found.isEmpty
            }
            let worker = try #require(found.first)
            #expect(found.count == 1 && worker.state == "live" && worker.pid == Int(process.processID))
            #expect(worker.pool == "main" && worker.queues == ["emails", "default", "notifications"])
            #expect(worker.slots == 4 && worker.running == 0 && worker.held == 0 && worker.version == "0.1.0")
            #expect(worker.started <= worker.seen)
            let table = try await site.run("workers")
            #expect(table.output.contains(":\(worker.pid)  main  emails,default,notifications  live"), "\(table)")
            let ended = try await process.end()
            #expect(ended.exit == .code(0))
            #expect(try await workers(at: site).isEmpty)
        }
    }

    @Test func `shows a worker that was not heard of as silent, and what it does not call`() async throws {
        try await Site.with { site in
            // Whole seconds: the formatter of Foundation cuts fractions that binary numbers cannot hold.
            let now = Int(Date().timeIntervalSince1970) * 1000
            try await site.redis("ZADD", "cw:workers", "\(now - 42_000)", "ada:7:boot", "\(now)", "no report")
            let breaker = #"{"name":"smtp:mail","state":"open","failure_ratio":0.6,"open_for_ms":7000}"#
            let report =
                #"{"pool":"main","queues":["emails"],"slots":4,"running":1,"held":2,"uptime_ms":60000,"version":"1","#
                + #""breakers":[\#(breaker)]}"#
            try await site.redis("SET", "cw:worker:ada:7:boot", report)
            try await site.redis("SET", "cw:worker:no report", "not JSON")
            let table = try await site.run("workers")
            #expect(table.exit == .code(0), "\(table)")
            #expect(table.output.contains("silent for 4"), "\(table)")
            #expect(
                table.output.contains("ada:7 does not call smtp:mail: open, 60 % of its calls failed\n"), "\(table)")
            #expect(table.output.contains("no report"), "\(table)")
            let json = try await site.run("workers", "--json")
            let opens = Date(timeIntervalSince1970: Double(now - 35_000) / 1000)
                .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
            #expect(json.output.contains(#""open_until":"\#(opens)","state":"open""#), "\(json)")
        }
    }
}
