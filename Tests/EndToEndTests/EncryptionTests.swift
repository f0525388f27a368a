import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("encryption", .inTurns)
struct EncryptionTests {
    /// No address: those stand in no error anyway.
    private static let canary = "Ada-Lovelace-of-4711"

    private static func configuration(_ files: String...) -> String {
        """
        {
            queues: ["default"],
            lease: { duration: "1s", renewEvery: "300ms", rescueEvery: "200ms" },
            pools: { main: { queues: ["default"], slots: 2 } },
            policies: { "diagnostics.fail": { retries: 0 } },
            encryption: { types: ["diagnostics.*"], keyFiles: [\(files.map { "\"\($0)\"" }.joined(separator: ", "))] },
        }
        """
    }

    private func write(_ configuration: String, _ site: Site) throws {
        _ = try site.write(configuration.utf8, to: "coursework.json5")
    }

    private func makeKey(_ name: String, _ site: Site) async throws -> String {
        let made = try await site.run("encryption", "generate", "\(site.folder)/\(name)")
        #expect(made.exit == .code(0) && made.output == "", "\(made)")
        return String(try #require(made.errors.firstMatch(of: #/called ([0-9a-f]{8})\./#)?.1))
    }

    private func fail(_ site: Site, _ more: String...) async throws -> Finished {
        let words = ["enqueue", "diagnostics.fail", "--args", #"{"message":"\#(Self.canary)"}"#] + more
        let finished = try await site.run(program: Product.command, words)
        #expect(finished.exit == .code(0), "\(finished)")
        return finished
    }

    @Test func `nothing of a sealed type can be read in Redis; with the key a person opens and edits a letter`()
        async throws
    {
        try await Site.with(Self.configuration("1.key")) { site in
            _ = try await makeKey("1.key", site)
            let mode = try FileManager.default.attributesOfItem(atPath: site.folder + "/1.key")[.posixPermissions]
            #expect(mode as? Int == 0o600)
            let again = try await site.run("encryption", "generate", "\(site.folder)/1.key")
            #expect(again.exit == .code(1) && again.errors.contains("never replaced"), "\(again)")

            let id = try await fail(site).output.trimmingCharacters(in: .newlines)
            let worker = try await site.startWorker()
            try await eventually("it is dead") { try await site.redis("ZCARD", "cw:{default}:dead") == "1" }
            _ = try await worker.end()
            #expect(try await !site.everythingInRedis().contains(Self.canary))
            #expect(!worker.errors.text.contains(Self.canary))
            let closed = try await site.run("dead", "show", id)
            #expect(closed.output.contains("$sealed") && !closed.output.contains(Self.canary), "\(closed)")
            let opened = try await site.run("dead", "show", id, "--open")
            #expect(opened.output.contains(#"{"message":"\#(Self.canary)"}"#), "\(opened)")
            #expect(opened.output.ranges(of: Self.canary).count >= 2, "its error too: \(opened)")
            #expect(try await site.run("jobs", "show", id, "--open").output.contains(Self.canary))
            let trail = try await site.run("audit", "list")
            #expect(trail.output.contains("dead.open") && trail.output.contains("job.open"), "\(trail)")

            let edited = try await site.run("dead", "edit", id, "--set", "args.message=grace.hopper")
            #expect(edited.exit == .code(0) && edited.output.contains("grace.hopper"), "\(edited)")
            let everything = try await site.everythingInRedis()
            #expect(!everything.contains(Self.canary) && !everything.contains("grace.hopper"))
            let doctor = try await site.run("doctor")
            #expect(doctor.output.contains("ok       encryption: New payloads are sealed with the key"), "\(doctor)")
            chmod(site.folder + "/1.key", 0o644)
            #expect(try await site.run("doctor").output.contains("others can read"))
        }
    }

    @Test func `through a server only an administrator sees what is sealed, and a key stands for one request`()
        async throws
    {
        try await Site.with(Self.configuration("1.key")) { site in
            _ = try await makeKey("1.key", site)
            let server = try await site.serve()
            let keys = try await ["producer": site.makeKey("producer"), "operator": site.makeKey("operator")]
            func run(_ role: String, _ words: String...) async throws -> Finished {
                var environment = server.environment
                if let key = keys[role] { environment["COURSEWORK_KEY"] = key }
                return try await site.run(program: Product.command, words, environment: environment)
            }
            try await eventually("the server knows all keys") {
                let producer = try await run("producer", "jobs", "show", "default:none")
                let other = try await run("operator", "queues")
                return producer.exit == .code(1) && other.exit == .code(0)
            }
            let fail = [
                "enqueue", "diagnostics.fail", "--args", #"{"message":"\#(Self.canary)"}"#, "--key", "k", "--track",
            ]
            let made = try await server.run(fail)
            let id = made.output.trimmingCharacters(in: .newlines)
            #expect(try await server.run(fail).output == made.output, "the same again")
            #expect(try await !site.everythingInRedis().contains(Self.canary))
            let said = try await server.run([
                "enqueue", "diagnostics.sleep", "--args", #"{"seconds":0.01}"#, "--track",
            ]).output.trimmingCharacters(in: .newlines)
            let worker = try await site.startWorker()
            try await eventually("it is dead") { try await site.redis("ZCARD", "cw:{default}:dead") == "1" }
            try await eventually("the other has ended") {
                try await run("admin", "jobs", "show", said, "--json").output.contains(#""state":"done""#)
            }
            _ = try await worker.end()
            #expect(!worker.errors.text.contains("It is awake"))

            for role in ["operator", "admin"] {
                let closed = try await run(role, "dead", "show", id)
                #expect(closed.output.contains("$sealed") && !closed.output.contains(Self.canary), "\(closed)")
            }
            for words in [["dead", "show", id, "--open"], ["jobs", "show", id, "--open"]] {
                var environment = server.environment
                environment["COURSEWORK_KEY"] = keys["operator"]
                let refused = try await site.run(program: Product.command, words, environment: environment)
                #expect(refused.exit == .code(78) && !refused.output.contains(Self.canary), "\(refused)")
                let opened = try await server.run(words)
                #expect(opened.output.ranges(of: Self.canary).count >= 2, "\(opened)")
            }
            // Whoever may not see it may give another one, and is not told what it was.
            let blind = try await run("operator", "dead", "edit", id, "--set", "args.message=x")
            #expect(blind.exit == .code(78), "\(blind)")
            let whole = try await run("operator", "dead", "edit", id, "--args", #"{"message":"bob"}"#)
            #expect(whole.exit == .code(0) && !whole.output.contains(Self.canary), "\(whole)")
            let part = try await run("admin", "dead", "edit", id, "--set", "args.message=grace")
            #expect(part.exit == .code(0), "\(part)")
            #expect(try await run("admin", "dead", "show", id, "--open").output.contains(#"{"message":"grace"}"#))

            let log = try await site.run("jobs", "log", said)
            #expect(log.output.contains("sealed") && !log.output.contains("awake"), "\(log)")
            #expect(try await site.run("jobs", "log", said, "--open").output.contains("It is awake"))
            for (key, query, status, isOpen) in [
                (keys["producer"], "", "200", false), (keys["producer"], "?open=true", "403", false),
                (keys["operator"], "?open=true", "403", false), (server.key, "?open=true", "200", true),
                (server.key, "?open=1", "400", false),
            ] {
                let words = [
                    "-sS", "--max-time", "20", "-w", " %{http_code}", "-H", "Authorization: Bearer \(key ?? "")",
                    "\(server.url)/v1/jobs/\(said)/log\(query)",
                ]
                let answer = try await site.run(program: "curl", words).output
                #expect(answer.hasSuffix(" " + status) && answer.contains("awake") == isOpen, "\(query): \(answer)")
            }
            let trail = try await site.run("audit", "list", "--json")
            #expect(trail.output.ranges(of: "dead.open").count >= 4, "\(trail)")

            // With another first key the same request is another one: it is refused, and nothing runs twice.
            _ = try await makeKey("2.key", site)
            try write(Self.configuration("2.key", "1.key"), site)
            let next = try await site.serve()
            let again = try await next.run(fail)
            #expect(again.exit != .code(0) && again.errors.contains("another request"), "\(again)")
        }
    }

    @Test func `keys are changed, and the old one is needed no more`() async throws {
        try await Site.with(Self.configuration("1.key")) { site in
            let old = try await makeKey("1.key", site)
            _ = try await fail(site)
            let worker = try await site.startWorker()
            try await eventually("it is dead") { try await site.redis("ZCARD", "cw:{default}:dead") == "1" }
            _ = try await worker.end()
            _ = try await fail(site, "--in", "1h")
            _ = try await site.redis("EVAL", Self.clearLetter, "0")

            let new = try await makeKey("2.key", site)
            try write(Self.configuration("2.key"), site)
            let lost = try await site.run("encryption", "rotate", "--yes")
            #expect(lost.exit == .code(1) && lost.errors.contains("2 could not be opened"), "\(lost)")
            let missing = try await site.run("encryption", "show")
            #expect(missing.output.contains("key \(old) IS MISSING: 1 dead, 1 later"), "\(missing)")
            #expect(try await site.run("doctor").exit == .code(78))

            try write(Self.configuration("2.key", "1.key"), site)
            let would = try await site.run("encryption", "rotate")
            #expect(would.output == "Would seal 2 jobs with the key \(new); say so with --yes.\n", "\(would)")
            let rotated = try await site.run("encryption", "rotate", "--yes", "--reason", "The yearly change.")
            #expect(rotated.output == "Sealed 2 jobs with the key \(new).\n", "\(rotated)")
            #expect(try await !site.everythingInRedis().contains("v1.\(old)"))
            #expect(try await !site.everythingInRedis().contains(Self.canary))
            try write(Self.configuration("2.key"), site)
            let shown = try await site.run("encryption", "show")
            #expect(shown.output.contains("key \(new) (seals): 2 dead, 1 later"), "\(shown)")
            let letters = try await site.run("dead", "list", "--json")
            let id = try #require(letters.output.firstMatch(of: /"id":"(default:[0-9-]+)"/)?.1)
            #expect(try await site.run("dead", "show", String(id), "--open").output.contains(Self.canary))
            #expect(try await site.run("encryption", "rotate").output.hasPrefix("Would seal 0 jobs"))
        }
    }

    /// What another client brought in the clear, and died.
    private static let clearLetter = """
        redis.call('ZADD', 'cw:{default}:dead', 1, 'plain')
        redis.call('HSET', 'cw:{default}:dead:jobs', 'plain',
            cmsgpack.pack({'id', 'plain', 'type', 'diagnostics.fail', 'args', '{"message":"\(canary)"}'}))
        """

    @Test func `types without a key, and files that are none, are refused`() async throws {
        try await Site.with(Self.configuration(), redis: nil) { site in
            let none = try await site.run("queues")
            #expect(none.exit == .code(78) && none.errors.contains("there is no key"), "\(none)")
            try write(Self.configuration("no.key"), site)
            let lost = try await site.run("queues")
            #expect(lost.exit == .code(78) && lost.errors.contains("no.key cannot be read"), "\(lost)")
            _ = try site.write("not a key\n".utf8, to: "bad.key")
            try write(Self.configuration("bad.key"), site)
            let bad = try await site.run("queues")
            #expect(bad.exit == .code(78) && bad.errors.contains("bad.key holds no key"), "\(bad)")
            let good = try await site.run("encryption", "generate")
            let key = good.output.trimmingCharacters(in: .newlines)
            let named = try await site.run("queues", environment: ["COURSEWORK_ENCRYPTION_KEYS": key])
            #expect(named.exit == .code(69), "only Redis is missing: \(named)")
        }
    }
}
