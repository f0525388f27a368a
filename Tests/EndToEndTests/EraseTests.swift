import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("erase", .inTurns)
struct EraseTests {
    private static let ada = "Ada.Lovelace@school.example"
    private static let learner = "learner-4711"
    private static let grace = "grace@school.example"

    private static func configuration(encryption: String) -> String {
        """
        {
            queues: ["default", "held", "emails"],
            lease: { duration: "1s", renewEvery: "300ms", rescueEvery: "200ms" },
            pools: { main: { queues: ["default", "held", "emails"], slots: 4 } },
            \(encryption)
            policies: { "diagnostics.fail": { base: "10h", cap: "10h" } },
            workers: { email: { templates: "\(Product.root)/Config/templates/email" } },
        }
        """
    }

    private static func mail(to address: String) -> String {
        #"{"to":"\#(address)","subject":"Your course","text":"Hello"}"#
    }

    /// One of each: about whom a job may be, wherever it can be.
    private func seed(_ person: String, _ learner: String, _ site: Site) async throws {
        func enqueue(_ words: String...) async throws {
            let finished = try await site.run(
                program: Product.command, ["enqueue"] + words, environment: site.devEnvironment)
            #expect(finished.exit == .code(0), "\(finished)")
        }
        let mail = Self.mail(to: "A Person <\(person)>")
        try await enqueue("email.send", "--queue", "held", "--args", mail, "--track")
        try await enqueue(
            "email.send", "--queue", "default", "--in", "1h", "--args", mail, "--key", "welcome:\(person)", "--unique",
            person)
        try await enqueue("email.send", "--queue", "default", "--durable", "--in", "2h", "--args", mail)
        try await enqueue("email.send", "--args", mail, "--wait")
        try await enqueue("diagnostics.noop", "--args", #"{"template":"\#(learner)"}"#)
        try await enqueue("diagnostics.fail", "--args", #"{"message":"\#(learner)"}"#)
        try await enqueue("diagnostics.sleep", "--args", #"{"seconds":600,"who":"\#(learner)"}"#, "--track")
        let letter =
            #"{"id":"default:dead-\#(learner)","buried":1795279200000,"fields":{"type":"email.send","reason":"failures","#
            + #""error":"550 no such user \#(person)","args":"{\"to\":[\"\#(person)\"]}"}}"#
        let file = try site.write(letter.utf8, to: "letter.jsonl")
        let imported = try await site.runOnDev("dead", "import", file)
        #expect(imported.exit == .code(0), "\(imported)")
        try await redis(site, "HSET", "cw:{default}:job:old-\(learner)", "state", "done", "result", mail)
        try await redis(
            site, "HSET", "cw:{default}:job:of-nobody-\(learner.suffix(1))", "state", "done", "result", mail)
        try await redis(site, "HSET", "cw:{default}:batch:b:results", "m-\(learner)", mail)
        try await redis(
            site, "XADD", "cw:{default}:job:of-nobody-\(learner.suffix(1)):log", "*", "level", "info", "attempt", "1",
            "message", "Mail to \(person) goes out.", "fields", "")
        try await redis(
            site, "XADD", "cw:{default}:events", "*", "id", "old-\(learner)", "type", "email.send", "state", "done")
        let pdf = "certificates/\(learner.suffix(4)).pdf"
        try FileManager.default.createDirectory(
            atPath: "\(site.data)/storage/certificates", withIntermediateDirectories: true)
        try Data("%PDF \(learner)".utf8).write(to: URL(fileURLWithPath: "\(site.data)/storage/\(pdf)"))
        try await site.sql(
            """
            INSERT INTO coursework.outbox (queue, type, args) VALUES ('nowhere', 'email.send', '\(mail)');
            INSERT INTO coursework.effects (key, state, job, result) VALUES ('welcome:\(person)', 'done', 'x', '\(mail)');
            INSERT INTO coursework.mail_suppressions (address, reason, source) VALUES (lower('\(person)'), 'manual', 'x');
            INSERT INTO coursework.certificates (
                code, series, number, learner, course, version, state, content, issued_on, job, file, issued_at)
            VALUES (
                'CODE-\(learner.suffix(4))', 'CW', \(learner.suffix(4))::int, '\(learner)', 'engine', 1, 'issued',
                '{"name":"\(person)","title":"Engines"}', now(), 'x', '\(pdf)', now());
            INSERT INTO coursework.certificate_learners VALUES ('\(learner)', 'A Person', NULL, '\(mail)');
            INSERT INTO coursework.certificate_cohorts (cohort, learner) VALUES ('spring', '\(learner)');
            INSERT INTO coursework.mailing_recipients (mailing, address) VALUES ('summer', '\(person)');
            """)
    }

    @discardableResult
    private func redis(_ site: Site, _ words: String...) async throws -> String {
        let finished = try await site.redisOnDev(as: "operator", ["-e"] + words)
        #expect(finished.exit == .code(0), "\(finished)")
        return finished.output.trimmingCharacters(in: .newlines)
    }

    private func everything(_ site: Site) async throws -> (redis: String, database: String, files: String) {
        let redis = try await site.everythingInRedisOfDev()
        let dump = try await site.run(
            program: "pg_dump", ["-h", site.data + "/postgres", "-U", "coursework", "--data-only", "coursework"])
        #expect(dump.exit == .code(0), "\(dump.errors)")
        let storage = try await site.run(program: "grep", ["-rc", "", "\(site.data)/storage"])
        let files = try await site.run(program: "grep", ["-rah", "", "\(site.data)/storage"])
        return (redis.lowercased(), dump.output.lowercased(), (storage.output + files.output).lowercased())
    }

    private func count(_ name: String, in text: String) -> Int { text.ranges(of: name.lowercased()).count }

    @Test(arguments: [false, true])
    func `S-11: nothing of a person is left in any state, and of others all`(isSealed: Bool) async throws {
        let sealing = #"encryption: { types: ["email.*", "diagnostics.*"], keyFiles: ["1.key"] },"#
        try await Site.with(Self.configuration(encryption: isSealed ? sealing : ""), redis: nil) { site in
            if isSealed { _ = try await site.run("encryption", "generate", site.folder + "/1.key") }
            _ = try await site.startDev("--diagnostics")
            for words in [["held"], ["default", "--type", "diagnostics.noop"]] {
                let paused = try await site.run(
                    program: Product.command, ["pause"] + words, environment: site.devEnvironment)
                #expect(paused.exit == .code(0), "\(paused)")
            }
            // Once a worker has set one aside it knows of both.
            try await eventually("the worker knows what is paused") {
                _ = try await site.runOnDev("enqueue", "diagnostics.noop")
                return try await self.redis(site, "HLEN", "cw:{default}:blocked:jobs") != "0"
            }
            try await seed(Self.ada, Self.learner, site)
            try await seed(Self.grace, "learner-0815", site)
            try await eventually("two run, two are retried, and two are held back") {
                let keys = ["later:retries", "blocked:jobs"].map { "cw:{default}:\($0)" }
                let counts = [
                    try await self.redis(site, "SCARD", keys[0]), try await self.redis(site, "HLEN", keys[1]),
                ]
                let pending = try await self.redis(site, "XPENDING", "cw:{default}", "workers")
                return counts[0] == "2" && Int(counts[1]) ?? 0 >= 3 && pending.hasPrefix("2")
            }
            try await eventually("the relay has moved what it can") {
                try await self.redis(site, "ZCARD", "cw:{default}:later") == "6"
            }
            let before = try await everything(site)
            #expect(count(Self.ada, in: before.database) >= 6)

            #expect(count(Self.learner, in: before.files) == 1)

            let survey = try await site.runOnDev("erase", Self.ada, Self.learner)
            #expect(survey.exit == .code(0), "\(survey)")
            #expect(survey.output.hasSuffix("Nothing was changed: say so with --yes.\n"), "\(survey)")
            let surveyed = try await everything(site)
            #expect(count(Self.ada, in: surveyed.redis) == count(Self.ada, in: before.redis))
            #expect(count(Self.ada, in: surveyed.database) == count(Self.ada, in: before.database))

            let erased = try await site.runOnDev("erase", Self.ada, Self.learner, "--yes", "--json")
            #expect(erased.exit == .code(0), "\(erased)")
            let report = try JSONDecoder().decode(Report.self, from: Data(erased.output.utf8))
            #expect(report.mentions.isEmpty && report.rows.isEmpty && report.unreadable == 0, "\(report)")
            let places: [String: Int] = [
                "ready": 1, "later": 3, "blocked": 1, "dead": 1, "outbox": 2, "effects": 1, "certificates": 1,
                "files": 1,
                "suppressions": 1,
            ]
            for (place, count) in places { #expect(report.found[place] == count, "\(place) of \(report)") }
            // The idempotency key, and the status of the job whose id names the person.
            // A result, a result within a batch, and a log.
            #expect(report.found["results"] == 3, "\(report)")
            #expect(report.found["keys"] == 2 && report.found["running"] == nil, "\(report)")

            let after = try await everything(site)
            for name in [Self.ada, Self.learner] {
                #expect(count(name, in: after.redis) == 0, "\(name)")
                #expect(count(name, in: after.database) == 0, "\(name)")
                #expect(count(name, in: after.files) == 0, "\(name)")
            }
            for name in [Self.grace, "learner-0815"] {
                #expect(count(name, in: after.redis) == count(name, in: before.redis), "\(name)")
                #expect(count(name, in: after.database) == count(name, in: before.database), "\(name)")
                #expect(count(name, in: after.files) == count(name, in: before.files), "\(name)")
            }
            let jobs = try await site.runOnDev("queues", "--json")
            let left = try JSONDecoder().decode([String: QueueState].self, from: Data(jobs.output.utf8))
            #expect(left["default"] == QueueState(active: 1, scheduled: 2, retrying: 1, dead: 1), "\(jobs)")
            #expect(left["held"]?.ready == 1)
            let again = try await site.runOnDev("erase", Self.ada, Self.learner, "--yes")
            #expect(again.output == "Erased:\n  nothing\n", "\(again)")
        }
    }

    private struct Report: Decodable {
        let erased: Bool
        let found: [String: Int]
        let mentions: [String]
        let rows: [String: Int]
        let unreadable: Int
    }

    @Test func `a job that does not stop, and one that mentions the person, are told`() async throws {
        let site = """
            {
                queues: ["default"],
                lease: { duration: "1s", renewEvery: "300ms", rescueEvery: "200ms" },
                pools: { main: { queues: ["default"], slots: 2 } },
            }
            """
        try await Site.with(site) { site in
            let worker = try await site.startWorker()
            _ = try await site.add("diagnostics.journal", #"{"key":"ada-1","milliseconds":12000,"spin":true}"#)
            try await site.untilActive(1)
            let hasty = try await site.run("erase", "ada-1", "--yes", "--wait", "1ms")
            #expect(hasty.exit == .code(1) && hasty.errors.contains("1 jobs still run"), "\(hasty)")
            let patient = try await site.run("erase", "ada-1", "--yes")
            #expect(patient.exit == .code(0), "\(patient)")
            _ = try await worker.end()
            let note = #"{"to":"grace@school.example","subject":"About ada-1","text":"Hello"}"#
            _ = try await site.redis("XADD", "cw:{default}", "*", "type", "email.send", "args", note)
            let mentioned = try await site.run("erase", "ADA-1", "--yes")
            #expect(mentioned.exit == .code(1) && mentioned.errors.contains("1 others mention"), "\(mentioned)")
            #expect(mentioned.output.contains("ready default:"), "\(mentioned)")
            #expect(try await site.redis("XLEN", "cw:{default}") == "1")
            let trail = try await site.run("audit", "export")
            #expect(trail.output.contains("subject.erase") && !trail.output.lowercased().contains("ada-1"), "\(trail)")
        }
    }

    @Test func `through a server it is the same, for administrators`() async throws {
        let configuration = """
            {
                queues: ["default"], pools: { main: { queues: ["default"] } },
                schedules: { "monday": {
                    cron: "@yearly", queue: "default", type: "email.send",
                    args: { to: "ada@school.example", subject: "S", text: "T" },
                } },
            }
            """
        try await Site.with(configuration) { site in
            let operatorKey = try await site.makeKey("operator")
            let server = try await site.serve()
            for person in ["ada@school.example", Self.grace] {
                let made = try await site.run(
                    "enqueue", "email.send", "--in", "1h", "--args", Self.mail(to: person), "--queue", "default")
                #expect(made.exit == .code(0), "\(made)")
            }
            let own = try await site.run("erase", "ada@school.example", "--json")
            let other = try await server.run(["erase", "ada@school.example", "--json"])
            #expect(own.exit == .code(0) && own.output == other.output, "\(own) \(other)")
            #expect(own.output.contains(#""found":{"later":1}"#), "\(own)")
            #expect(own.output.contains("schedule monday"), "\(own)")
            var environment = server.environment
            environment["COURSEWORK_KEY"] = operatorKey
            let refused = try await site.run(
                program: Product.command, ["erase", "ada@school.example", "--yes"], environment: environment)
            #expect(refused.exit == .code(78) && refused.errors.contains("higher role"), "\(refused)")
            #expect(try await site.redis("ZCARD", "cw:{default}:later") == "2")
            let erased = try await server.run(["erase", "ada@school.example", "--yes", "--reason", "She asked."])
            // What the configuration says is for people to change.
            #expect(erased.exit == .code(1) && erased.errors.contains("1 others mention"), "\(erased)")
            #expect(try await site.redis("ZCARD", "cw:{default}:later") == "1")
            let everything = try await site.everythingInRedis()
            #expect(!everything.contains("ada@") && everything.contains(Self.grace))
            let trail = try await site.run("audit", "list", "--json", "--action", "subject.erase")
            #expect(trail.output.contains("She asked.") && trail.output.contains(#""later":1"#), "\(trail)")
        }
    }

    @Test(arguments: [["erase"], ["erase", "a"], ["erase", "ada@school.example", "--wait", "soon"]])
    func `what makes no sense is said`(words: [String]) async throws {
        try await Site.with("{}", redis: nil) { site in
            let refused = try await site.run(program: Product.command, words)
            #expect(refused.exit == .code(64), "\(refused)")
        }
    }
}
