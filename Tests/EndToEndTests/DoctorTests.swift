import Foundation
import LocalServers
import ProgramSupport
import Testing

@Suite("doctor", .inTurns)
struct DoctorTests {
    private static let persistent = {
        var options = LocalRedis.Options()
        options.fsync = "everysec"
        return options
    }()

    @Test func `finds nothing wrong where nothing is`() async throws {
        try await Site.with(redis: Self.persistent) { site in
            try FileManager.default.createDirectory(atPath: site.data, withIntermediateDirectories: true)
            let doctor = try await site.run("doctor")
            #expect(doctor.exit == .code(0), "\(doctor)")
            #expect(doctor.errors == "")
            let version = try #require(doctor.output.firstMatch(of: /version (7[0-9.]*),/)?.1)
            #expect(
                doctor.output == """
                    ok       configuration: \(site.folder)/coursework.json5
                    ok       job types: email.send
                    ok       data folder: \(site.data)
                    ok       redis: unix://\(site.socket) answers.
                    ok       redis server: version \(version), maxmemory-policy noeviction
                    ok       redis persistence: The append-only file is on.
                    ok       functions: None are loaded; the first worker brings them.
                    ok       queue emails: 0 ready, 0 active, 0 dead
                    ok       queue default: 0 ready, 0 active, 0 dead
                    ok       queue notifications: 0 ready, 0 active, 0 dead

                    """)
        }
    }

    @Test func `warns, and ends well, where jobs may be lost or lie dead`() async throws {
        try await Site.with { site in
            try await site.redis("ZADD", "cw:{default}:dead", "1", "job")
            let doctor = try await site.run("doctor", "--json")
            #expect(doctor.exit == .code(0), "\(doctor)")
            let findings = try doctor.findings
            #expect(findings["redis persistence"]?.state == "warning")
            #expect(findings["redis persistence"]?.message.hasSuffix("Set appendonly yes.") == true)
            #expect(findings["data folder"]?.state == "warning")
            #expect(findings["queue default"]?.state == "warning")
            #expect(findings["queue default"]?.message == "0 ready, 0 active, 1 dead")
            #expect(findings["queue emails"]?.state == "ok")
        }
    }

    @Test func `ends with 78 where the server must be changed`() async throws {
        try await Site.with(redis: .inMemory("--maxmemory-policy", "allkeys-lru")) { site in
            try await site.redis("SET", "cw:{default}", "something else")
            let doctor = try await site.run("doctor")
            #expect(doctor.exit == .code(78), "\(doctor)")
            #expect(doctor.output.contains("ERROR    redis server: Redis at unix://\(site.socket) deletes keys"))
            #expect(
                doctor.output.contains(
                    "ERROR    queue default: The key cw:{default} holds something that is no queue: rename or delete it."
                ))
            #expect(doctor.errors == "coursework: 2 of 10 checks failed.\n")
        }
    }

    @Test func `ends with 69 where Redis cannot be reached`() async throws {
        try await Site.with(redis: nil) { site in
            let doctor = try await site.run("doctor", "--json")
            #expect(doctor.exit == .code(69), "\(doctor)")
            let findings = try doctor.findings
            #expect(findings["redis"]?.state == "error")
            #expect(findings["redis"]?.message.contains("cannot be reached") == true)
            #expect(findings["configuration"]?.state == "ok")
        }
    }

    @Test func `names mistakes in the configuration`() async throws {
        try await Site.with(#"{ lease: { durration: "1s" } }"#, redis: nil) { site in
            let doctor = try await site.run("doctor")
            #expect(doctor.exit == .code(78))
            #expect(doctor.errors.contains("coursework.json5:1: "), "\(doctor)")
            #expect(doctor.errors.contains("'durration'") && doctor.errors.contains("'duration'"), "\(doctor)")
        }
    }
}

extension Finished {
    fileprivate struct Finding: Decodable {
        let check: String
        let state: String
        let message: String
    }

    fileprivate var findings: [String: Finding] {
        get throws {
            let list = try JSONDecoder().decode([Finding].self, from: Data(output.utf8))
            return Dictionary(uniqueKeysWithValues: list.map { ($0.check, $0) })
        }
    }
}
