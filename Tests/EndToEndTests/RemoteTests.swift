import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("--server", .inTurns(limit: .seconds(200)))
struct RemoteTests {
    private static let configuration = """
        {
            queues: ["emails", "default"], pools: { main: { queues: ["emails", "default"] } },
            policies: { "diagnostics.fail": { retries: 0 }, "diagnostics.sleep": { limit: { concurrency: 1 } } },
            schedules: {
                often: { cron: "@yearly", type: "email.send", args: { to: "a@example.org", subject: "S", text: "T" } },
            },
        }
        """

    /// What only looks, of every command that goes through servers.
    private static let looks: [[String]] = [
        ["queues"], ["queues", "--json"], ["limits"], ["limits", "--json"], ["workers"], ["workers", "--json"],
        ["schedules"], ["schedules", "--json"], ["types", "--diagnostics"], ["types", "--diagnostics", "--json"],
        ["types", "email.send"], ["types", "email.send", "--json"], ["types", "a.b"],
        ["jobs", "show", "default:t1"], ["jobs", "show", "default:t1", "--json"], ["jobs", "show", "default:later"],
        ["jobs", "show", "default:none"], ["jobs", "show", "x"], ["jobs", "show", "default:d1"],
        ["batches", "list"], ["batches", "list", "--json"], ["batches", "list", "--queue", "emails"],
        ["batches", "list", "--queue", "nope"], ["batches", "show", "default:b"],
        ["batches", "show", "default:b", "--json"], ["batches", "show", "default:none"],
        ["dead", "list"], ["dead", "list", "--json"], ["dead", "list", "--limit", "1"],
        ["dead", "list", "--queue", "nope"], ["dead", "list", "--queue", "default", "--type", "email.send"],
        ["dead", "list", "--error", "FONT", "--after", "3650d", "--attempts", "3.."],
        ["dead", "list", "--field", "args.n=2", "--field", "args.to=ada2@example.org"],
        ["dead", "list", "--before", "2020-01-01T00:00:00Z"], ["dead", "list", "--attempts", "x"],
        ["dead", "groups"], ["dead", "groups", "--json"], ["dead", "groups", "--field", "args.n=2"],
        ["dead", "show", "default:c1"], ["dead", "show", "default:c1", "--json"], ["dead", "show", "emails:x.1-0"],
        ["dead", "show", "default:none"], ["dead", "show", "nope:1"],
        ["dead", "export"], ["dead", "export", "--type", "email.send", "default:c2"],
        ["dead", "export", "default:none"], ["dead", "replays"], ["dead", "replays", "--json"],
        ["dead", "replay", "--all", "--dry-run"], ["dead", "replay", "--all", "--dry-run", "--json"],
        ["dead", "delete", "--error", "font", "--dry-run"], ["dead", "delete"], ["dead", "delete", "--all"],
        ["dead", "edit", "default:c1", "--set", "args.subject=Hi", "--set", "args.text=Hello", "--dry-run"],
        ["audit", "list"], ["audit", "list", "--json", "--limit", "2"], ["audit", "list", "--action", "queue"],
        ["audit", "actions"], ["erase", "ada2@example.org"], ["erase", "ada2@example.org", "--json"], ["erase", "a"],
    ]

    /// What changes something, in this order, at two sites that began alike.
    private static let changes: [[String]] = [
        ["pause", "default"], ["pause", "default"], ["pause", "emails", "--type", "email.send", "--reason", "Noise."],
        ["pause", "nope"], ["pause", "default", "--type", "a.b"], ["queues"],
        ["resume", "default"], ["resume", "default"], ["resume", "emails", "--type", "email.send"],
        ["schedules", "pause", "often"], ["schedules", "pause", "often"], ["schedules", "resume", "often"],
        ["schedules", "run", "often", "--json"], ["schedules", "run", "none"],
        ["enqueue", "diagnostics.noop"], ["enqueue", "diagnostics.noop", "--json", "--track"],
        ["enqueue", "diagnostics.noop", "--key", "k"], ["enqueue", "diagnostics.noop", "--key", "k"],
        ["enqueue", "diagnostics.noop", "--unique", "u", "--in", "1h"],
        ["enqueue", "diagnostics.noop", "--unique", "u", "--in", "1h", "--mode", "replace"],
        ["enqueue", "diagnostics.noop", "--queue", "nope"], ["enqueue", "diagnostics.noop", "--args", "{"],
        ["jobs", "cancel", "default:later", "default:none"], ["jobs", "cancel", "default:later", "--json"],
        ["batches", "cancel", "default:b"], ["batches", "close", "default:b"],
        ["batches", "cancel", "default:b", "--yes"], ["batches", "cancel", "default:none", "--yes"],
        ["dead", "edit", "default:c1", "--set", "args.subject=Hi", "--set", "args.text=Hello"],
        ["dead", "edit", "default:c1", "--set", "args.subject=Hi"], ["dead", "show", "default:c1"],
        ["dead", "edit", "default:none", "--args", "{}"],
        ["dead", "delete", "--type", "email.send"], ["dead", "delete", "default:c2", "--yes"],
        ["dead", "delete", "default:c2", "--yes"], ["dead", "delete", "--type", "none", "--yes", "--json"],
        ["dead", "delete", "--all", "--confirm", "9:0"],
        ["dead", "replay", "default:c3"], ["dead", "replay", "--type", "none", "--yes", "--json"],
        ["dead", "replay", "--error", "font", "--yes", "--rate", "1000/s"], ["dead", "replay", "--resume", "none"],
        ["dead", "abort", "none"], ["dead", "list"], ["queues", "--json"],
        ["dead", "import", "FOLDER/seed.jsonl"], ["dead", "import", "FOLDER/seed.jsonl", "--json"],
        ["dead", "import", "FOLDER/broken.jsonl"], ["dead", "import", "FOLDER/other.jsonl"], ["dead", "export"],
    ]

    private func seed(_ site: Site) async throws {
        let fonts = (1...3).map { number in
            #"{"id":"default:c\#(number)","buried":179527920000\#(number),"fields":{"type":"email.send","#
                + #""reason":"failures","error":"Font \#(number) is missing.","attempt":"4","#
                + #""args":"{\"to\":\"ada\#(number)@example.org\",\"n\":\#(number)}"}}"#
        }
        let strange =
            #"{"id":"emails:x.1-0","buried":1795279300000,"fields":{"error":"\u001b[2Jé","args":{"base64":"//4="}}}"#
        let file = try site.write((fonts + [strange]).joined(separator: "\n").utf8, to: "seed.jsonl")
        _ = try site.write((fonts[0] + "\n{\n").utf8, to: "broken.jsonl")
        _ = try site.write(fonts[0].replacing("default:c1", with: "nope:c1").utf8, to: "other.jsonl")
        let imported = try await site.run("dead", "import", file)
        #expect(imported.exit == .code(0), "\(imported)")
        let enqueue = ["FCALL", "cw_enqueue", "1", "cw:{default}"]
        try await redis(site, enqueue + ["diagnostics.noop", "{}", "id", "t1", "track", "600000"])
        try await redis(site, enqueue + ["diagnostics.noop", #"{"a":1.50}"#, "id", "later", "delay", "3600000"])
        try await site.redis("FCALL", "cw_batch_open", "1", "cw:{default}", "b", "name", "Summer")
        try await redis(site, enqueue + ["diagnostics.noop", "{}", "id", "m1", "batch", "b", "delay", "3600000"])
        try await redis(
            site, ["FCALL", "cw_enqueue", "1", "cw:{emails}", "diagnostics.noop", "{}", "id", "e1"])
    }

    private func redis(_ site: Site, _ words: [String]) async throws {
        let finished = try await site.run(program: "redis-cli", ["-e"] + site.redisWords + words)
        guard finished.exit == .code(0) else { throw TestFailure("\(words): \(finished)") }
    }

    @Test func `shows the same as Redis itself, byte for byte`() async throws {
        try await Site.with(Self.configuration) { site in
            try await seed(site)
            let worker = try await site.start("work", "--diagnostics", "--pool", "main")
            _ = try await worker.errors.first(containing: #""message":"ready""#)
            try await eventually("one has died, and the worker is listed") {
                _ = try await site.run("pause", "default", "--type", "diagnostics.sleep")
                return try await site.run("workers", "--json").output.contains("pid")
            }
            try await redis(
                site,
                ["FCALL", "cw_enqueue", "1", "cw:{default}", "diagnostics.fail", #"{"message":"no"}"#, "id", "d1"])
            try await eventually("it is dead") { try await site.state().dead == 4 }
            // It stays as it is from here on.
            worker.send(SIGSTOP)
            let server = try await site.serve()
            for words in Self.looks {
                let own = try await site.run(program: Product.command, words)
                let other = try await server.run(words)
                Self.compare(own, other, words)
            }
        }
    }

    @Test func `changes the same as Redis itself, and says the same of it`() async throws {
        try await Site.with(Self.configuration) { site in
            try await seed(site)
            try await Site.with(Self.configuration) { distant in
                try await seed(distant)
                let server = try await distant.serve()
                for words in Self.changes {
                    let own = try await site.run(program: Product.command, words.map { Self.at(site, $0) })
                    let other = try await server.run(words.map { Self.at(distant, $0) })
                    Self.compare(own, other, words)
                }
                // The server wrote down who did it, and why.
                let trail = try await distant.run(
                    "audit", "list", "--json", "--action", "queue.pause", "--limit", "100")
                #expect(
                    trail.output.contains(#""reason":"Noise.""#) && trail.output.contains(#""kind":"key""#), "\(trail)")
                let targets = try await Self.targets(site)
                #expect(try await Self.targets(distant) == targets)
            }
        }
    }

    /// What was done to what, each once: the shell has one entry for an act that the server is asked for twice.
    private static func targets(_ site: Site) async throws -> Set<String> {
        struct Entry: Decodable {
            let action: String
            let target: String?
        }
        let listed = try await site.run("audit", "list", "--json", "--limit", "1000")
        let entries = try JSONDecoder().decode([Entry].self, from: Data(listed.output.utf8))
        let kept = entries.filter { !["key.create", "dead.import", "dead.abort"].contains($0.action) }
        return Set(
            kept.compactMap { entry in entry.target.map { "\(entry.action) \($0)" } }.filter { !$0.contains("none") })
    }

    @Test func `waits for the end of a job, and prints what it left`() async throws {
        try await Site.with(Self.configuration) { site in
            let server = try await site.serve()
            _ = try await site.startWorker()
            for words in [
                ["enqueue", "diagnostics.noop", "--wait"], ["enqueue", "diagnostics.noop", "--wait", "--json"],
                ["enqueue", "diagnostics.fail", "--args", #"{"message":"no"}"#, "--wait"],
                ["enqueue", "diagnostics.sleep", "--args", #"{"seconds":60}"#, "--wait", "--timeout", "300ms"],
            ] {
                let own = try await site.run(program: Product.command, words)
                Self.compare(own, try await server.run(words), words)
            }
            // Nobody can wait for what nobody tracks.
            _ = try await site.run("enqueue", "diagnostics.noop", "--in", "1h", "--key", "once")
            let again = ["enqueue", "diagnostics.noop", "--in", "1h", "--key", "once", "--wait"]
            let own = try await site.run(program: Product.command, again)
            #expect(own.exit == .code(1) && own.errors.contains("without --track"), "\(own)")
            Self.compare(own, try await server.run(again), again)
        }
    }

    @Test func `says why a server is not asked, or does not answer`() async throws {
        try await Site.with(Self.configuration) { site in
            let producer = try await site.makeKey("producer")
            let server = try await site.serve()
            func ends(_ code: Int32, _ words: [String], _ change: [String: String], saying part: String) async throws {
                let environment = server.environment.merging(change) { $1 }
                let finished = try await site.run(program: Product.command, words, environment: environment)
                #expect(finished.exit == .code(code) && finished.errors.contains(part), "\(words) \(finished)")
                #expect(finished.errors.hasPrefix("coursework: ") && !finished.errors.contains(server.key))
            }
            try await ends(78, ["queues"], ["COURSEWORK_KEY": producer], saying: "a higher role")
            try await ends(78, ["queues"], ["COURSEWORK_KEY": "cwk_no"], saying: "does not know this key")
            try await ends(78, ["queues"], ["COURSEWORK_KEY": ""], saying: "set COURSEWORK_KEY")
            try await ends(64, ["queues"], ["COURSEWORK_SERVER": "http://jobs.example"], saying: "use https")
            try await ends(64, ["queues"], ["COURSEWORK_SERVER": "http://a.example/127.0.0.1"], saying: "use https")
            try await ends(64, ["queues"], ["COURSEWORK_SERVER": "http://127.0.0.1.example"], saying: "use https")
            try await ends(64, ["queues"], ["COURSEWORK_SERVER": "jobs.example"], saying: "https://")
            try await ends(69, ["queues"], ["COURSEWORK_SERVER": "http://127.0.0.1:1"], saying: "cannot be reached")
            try await ends(64, ["work"], [:], saying: "coursework work works on this machine")
            try await ends(64, ["migrate", "--server", server.url], [:], saying: "leave out --server")
            try await ends(64, ["audit", "verify"], [:], saying: "not to be had through a server")
            try await ends(64, ["queues", "--watch"], [:], saying: "not to be had through a server")
            try await ends(64, ["enqueue", "diagnostics.noop", "--unchecked"], [:], saying: "leave out --unchecked")
            // A producer enqueues, and follows it; the key is in a file.
            let file = try site.write("\(producer)\n".utf8, to: "key")
            let id = try await site.run(
                "enqueue", "diagnostics.noop", "--track", "--server", server.url, "--key-file", file,
                environment: ["REDIS_URL": "unix://nowhere"])
            #expect(id.exit == .code(0) && id.output.hasPrefix("default:"), "\(id)")
        }
    }

    @Test func `believes no server whose certificate nobody vouches for`() async throws {
        let folder = try TemporaryFolder()
        try await Tool.openssl.run(
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", folder.file("key.pem"),
            "-out", folder.file("certificate.pem"))
        let tls =
            #"tls: { certificateFile: "\#(folder.file("certificate.pem"))", keyFile: "\#(folder.file("key.pem"))" }"#
        let configuration = #"{ queues: ["default"], pools: { main: { queues: ["default"] } }, server: { \#(tls) } }"#
        try await Site.with(configuration) { site in
            let server = try await site.serve()
            let secure = SiteServer(
                site: site, url: server.url.replacing("http:", with: "https:"), key: server.key)
            let doubted = try await secure.run(["queues"])
            #expect(doubted.exit == .code(69) && doubted.errors.contains("cannot be reached"), "\(doubted)")
            let trusted = try await secure.run(["queues", "--ca-file", folder.file("certificate.pem")])
            #expect(trusted.exit == .code(0) && trusted.output.contains("default"), "\(trusted)")
        }
    }

    // MARK: Comparing

    private static func at(_ site: Site, _ word: String) -> String { word.replacing("FOLDER", with: site.folder) }

    private static func compare(_ own: Finished, _ other: Finished, _ words: [String]) {
        #expect(own.exit == other.exit, "\(words): \(own)\n\(other)")
        #expect(normal(own.output) == normal(other.output), "\(words): \(other)")
        #expect(normal(own.errors) == normal(other.errors), "\(words): \(own)\n\(other)")
    }

    /// Less what differs between two moments: instants, ids that are made of them or drawn, durations up to now.
    private static func normal(_ text: String) -> String {
        text.replacing(#/\d{4}-\d\d-\d\dT[\d:.]+Z/#, with: "T")
            .replacing(#/\d{13}-\d+|\b[0-9a-f]{32}\b/#, with: "ID").replacing(#/edited_by .*/#, with: "edited_by")
            .replacing(#/"\d{13}"/#, with: "T")
            .replacing(#/(Replay |"id":")[0-9a-z]{8}\b/#, with: "R").replacing(#/\d+ (ms|s|min|h)\b/#, with: "D")
            .replacing(#/_ms":\d+/#, with: "_ms:D").replacing(#/live|silent( for D)?/#, with: "S").replacing(
                #/ +/#, with: " ")
    }
}
