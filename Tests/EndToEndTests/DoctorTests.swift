import Foundation
import LocalServers
import ProgramSupport
import RedisRoles
import TestSupport
import Testing

@Suite("doctor", .inTurns)
struct DoctorTests {
    private static let persistent = {
        var options = LocalRedis.Options()
        options.fsync = "everysec"
        return options
    }()

    @Test func `finds nothing wrong where nothing is`() async throws {
        let configuration = """
            {
                queues: ["emails", "default", "notifications"],
                pools: { main: { queues: ["emails", "default", "notifications"] } },
                server: { listen: "127.0.0.2:59999" },
                workers: { email: { templates: "\(Product.root)/Config/templates/email" } },
            }
            """
        try await Site.with(configuration, redis: nil) { site in
            try FileManager.default.createDirectory(atPath: site.data, withIntermediateDirectories: true)
            var options = Self.persistent
            options.accounts = RedisAccounts(folder: site.data + "/accounts")
            try await site.startRedis(options)
            let doctor = try await site.run("doctor")
            #expect(doctor.exit == .code(0), "\(doctor)")
            #expect(doctor.errors == "")
            let version = try #require(doctor.output.firstMatch(of: /version (7[0-9.]*),/)?.1)
            let ffmpeg = try #require(doctor.output.firstMatch(of: /ffmpeg ([0-9][^ ,]*),/)?.1)
            #expect(
                doctor.output == """
                    ok       configuration: \(site.folder)/coursework.json5
                    ok       libraries: All can be opened.
                    ok       drawing: Certificates can be drawn.
                    ok       job types: certificate.cohort, certificate.issue, certificate.reissue, certificate.revoke, email.broadcast, email.send, quiz.grade, quiz.regrade, video.chunk, video.sound, video.sweep, video.transcode
                    ok       data folder: \(site.data)
                    ok       storage: Objects can be written, read and deleted.
                    ok       redis: unix://\(site.socket) answers.
                    ok       redis server: version \(version), maxmemory-policy noeviction
                    ok       redis persistence: The append-only file is on.
                    ok       redis access: Strangers are refused, and no role may do too much.
                    ok       functions: version 8 is loaded.
                    ok       queue emails: 0 ready, 0 active, 0 dead
                    ok       queue default: 0 ready, 0 active, 0 dead
                    ok       queue notifications: 0 ready, 0 active, 0 dead
                    ok       audit trail: Nothing was changed so far.
                    ok       http server: Nobody listens on 127.0.0.2:59999, server.publicURL is not set.
                    ok       mail transport files: Mail is written to files in \(site.data)/mail; nobody gets it.
                    ok       mail templates: 10 are in order.
                    ok       mail unsubscribing: It is not set: no job may name a list.
                    ok       mail record: There is no database, so mail is not recorded and may be sent twice: set DATABASE_URL.
                    ok       video: ffmpeg \(ffmpeg), in bubblewrap: no network, no files but its own, a filter of system calls, limits.

                    """)
        }
    }

    @Test func `looks at the certificate and the keys that serve needs`() async throws {
        let folder = try TemporaryFolder()
        for (name, days) in [("good", "90"), ("old", "3")] {
            try await Tool.openssl.run(
                "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", days,
                "-subj", "/CN=jobs", "-keyout", folder.file("\(name).key"), "-out", folder.file("\(name).pem"))
        }
        let cases: [(certificate: String, key: String, state: String, words: String)] = [
            ("good.pem", "good.key", "ok", "It holds until "), ("old.pem", "old.key", "warning", "expires at "),
            ("good.pem", "old.key", "error", "not that of its certificate"), ("none.pem", "good.key", "error", "read"),
            ("good.key", "good.key", "error", "no certificate and key"),
        ]
        for (certificate, key, state, words) in cases {
            let configuration = """
                {
                    queues: ["default"], pools: { main: { queues: ["default"] } },
                    server: {
                        tls: { certificateFile: "\(folder.file(certificate))", keyFile: "\(folder.file(key))" },
                        jwt: {
                            issuer: "https://login.example.org", audience: "coursework",
                            jwksFile: "\(folder.file("none.json"))",
                        },
                    },
                }
                """
            try await Site.with(configuration, redis: nil) { site in
                let findings = try await site.run("doctor", "--json").findings
                #expect(findings["http certificate"]?.state == state, "\(findings)")
                #expect(findings["http certificate"]?.message.contains(words) == true, "\(findings)")
                #expect(findings["http tokens"]?.state == "error", "\(findings)")
                #expect(findings["http tokens"]?.message.contains("cannot be read") == true, "\(findings)")
            }
        }
    }

    @Test func `says when the audit trail was verified`() async throws {
        try await Site.with { site in
            #expect(try await site.run("pause", "default").exit == .code(0))
            let never = try await site.run("doctor", "--json").findings["audit trail"]
            #expect(never?.state == "warning" && never?.message.contains("Nobody has verified its 2") == true)
            #expect(try await site.run("audit", "verify").exit == .code(0))
            let verified = try await site.run("doctor", "--json").findings["audit trail"]
            #expect(verified?.state == "ok" && verified?.message.contains("entries up to 2 were verified") == true)
            try await site.redis("SET", "{coursework:audit}:verified", "2 1000")
            let old = try await site.run("doctor", "--json").findings["audit trail"]
            #expect(old?.state == "warning" && old?.message.contains("run coursework audit verify") == true)
        }
    }

    @Test func `warns of a role that may do more than it needs`() async throws {
        try await Site.with { site in
            try await site.redis("ACL", "SETUSER", "operator", "~*", "+flushall")
            try await site.redis("ACL", "SETUSER", "web", "+config|get")
            let access = try #require(try await site.run("doctor", "--json").findings["redis access"])
            #expect(access.state == "warning")
            #expect(
                access.message.hasPrefix(
                    "The user 'web' may CONFIG GET. The user 'operator' may FLUSHALL, use keys that are not ours."))
        }
    }

    @Test func `warns, and ends well, where jobs may be lost or lie dead`() async throws {
        try await Site.with(isClosed: false) { site in
            try await site.redis("ZADD", "cw:{default}:dead", "1", "job")
            let doctor = try await site.run("doctor", "--json")
            #expect(doctor.exit == .code(0), "\(doctor)")
            let findings = try doctor.findings
            #expect(findings["redis persistence"]?.state == "warning")
            #expect(findings["redis persistence"]?.message.hasSuffix("Set appendonly yes.") == true)
            #expect(findings["redis access"]?.state == "warning")
            #expect(findings["redis access"]?.message.hasPrefix("Whoever reaches this Redis may") == true)
            #expect(findings["data folder"]?.state == "warning")
            #expect(findings["queue default"]?.state == "warning")
            #expect(findings["queue default"]?.message == "0 ready, 0 active, 1 dead")
            #expect(findings["queue emails"]?.state == "ok")
        }
    }

    @Test func `warns of what follows jobs and does not get to its queue`() async throws {
        try await Site.with { site in
            try await site.redis("XADD", "cw:{default}:outgoing", "1000-0", "queue", "emails", "job", "x")
            let found = try #require(try await site.run("doctor", "--json").findings["queue default"])
            #expect(found.state == "warning")
            #expect(found.message.contains("; 1 job waits to be carried to another queue, the oldest for "))
            #expect(try await site.run("queues", "--json").output.contains(#""outgoing":1"#))
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
                    "ERROR    queue default: The key cw:{default} holds something that is no part of a queue: rename or delete it."
                ))
            #expect(doctor.errors == "coursework: 2 of 21 checks failed.\n")
        }
    }

    @Test func `names what waits where nobody comes, also in a queue that nobody configured`() async throws {
        try await Site.with { site in
            let nineHoursAgo = Int(Date().timeIntervalSince1970 - 33_000) * 1000
            for queue in ["default", "emials"] {
                try await site.redis("XADD", "cw:{\(queue)}", "\(nineHoursAgo)-0", "type", "a.b", "args", "{}")
            }
            try await site.redis("ZADD", "cw:{soon}:later", "1", "job")
            try await site.redis("ZADD", "cw:{graves}:dead", "1", "job")
            try await site.redis("XADD", "cw:{graves}", "1-0", "type", "a.b", "args", "{}")
            try await site.redis("XDEL", "cw:{graves}", "1-0")
            try await site.redis("XGROUP", "CREATE", "cw:{empty}", "workers", "0", "MKSTREAM")
            let waits = "; no live worker takes its jobs, and the oldest job has waited for 9 h"
            let stranger = "; the configuration does not have it"
            let doctor = try await site.run("doctor", "--json")
            #expect(doctor.exit == .code(0), "\(doctor)")
            let findings = try doctor.findings
            #expect(findings["queue emails"]?.state == "ok" && findings["queue empty"] == nil)
            for (queue, message) in [
                ("default", "1 ready, 0 active, 0 dead\(waits)"),
                ("emials", "1 ready, 0 active, 0 dead\(stranger)\(waits)"),
                ("soon", "0 ready, 0 active, 0 dead\(stranger); no live worker takes its jobs"),
                ("graves", "0 ready, 0 active, 1 dead\(stranger)"),
            ] {
                #expect(findings["queue \(queue)"]?.message == message)
                #expect(findings["queue \(queue)"]?.state == "warning")
            }
        }
    }

    @Test func `finds that a worker serves a queue, and what is paused`() async throws {
        let configuration = """
            {
                queues: ["default"], pools: { main: { queues: ["default"] } },
                schedules: { often: { cron: "@yearly", type: "diagnostics.noop" } },
            }
            """
        try await Site.with(configuration) { site in
            _ = try await site.run("pause", "default")
            _ = try await site.run("pause", "default", "--type", "diagnostics.noop")
            _ = try await site.startWorker()
            _ = try await site.add("diagnostics.noop")
            try await eventually("the worker is listed") {
                try await site.run("doctor", "--diagnostics", "--json").findings["queue default"]?.message
                    == "1 ready, 0 active, 0 dead; it is paused; paused in it: diagnostics.noop"
            }
            _ = try await site.run("resume", "default")
            _ = try await site.run("resume", "default", "--type", "diagnostics.noop")
            try await eventually("it is done") { try await site.state() == QueueState() }
            _ = try await site.run("schedules", "pause", "often")
            let findings = try await site.run("doctor", "--diagnostics", "--json").findings
            #expect(findings["queue default"]?.message == "0 ready, 0 active, 0 dead")
            #expect(findings["schedules"]?.message == "1, of which are paused: often")
            #expect(findings["schedules"]?.state == "warning")
            #expect(findings["job types"]?.message.contains("diagnostics.noop") == true)
        }
    }

    @Test func `looks at types as workers without --diagnostics do, unless it is told`() async throws {
        let configuration = """
            { queues: ["default"], pools: { main: { queues: ["default"] } }, policies: { "diagnostics.noop": { retries: 1 } } }
            """
        try await Site.with(configuration) { site in
            let doctor = try await site.run("doctor")
            #expect(doctor.exit == .code(78) && doctor.output.contains("'diagnostics.noop' is not a job type"))
            #expect(try await site.run("doctor", "--diagnostics").exit == .code(0))
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
