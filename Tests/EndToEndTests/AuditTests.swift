import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("audit", .inTurns)
struct AuditTests {
    /// What names a person in the commands below: no entry may hold it.
    private static let person = "grace"

    /// A command for each action; many have nothing to do, and are written down all the same.
    private static let commands: [(action: String, words: [String])] = [
        ("queue.pause", ["pause", "default"]), ("queue.resume", ["resume", "default"]),
        ("job.cancel", ["jobs", "cancel", "default:none"]),
        ("batch.close", ["batches", "close", "default:none"]), ("batch.cancel", ["batches", "cancel", "default:none"]),
        ("schedule.run", ["schedules", "run", "often"]), ("schedule.pause", ["schedules", "pause", "often"]),
        ("schedule.resume", ["schedules", "resume", "often"]),
        ("dead.import", ["dead", "import", "FOLDER/letter.jsonl"]),
        ("dead.edit", ["dead", "edit", "default:letter", "--args", #"{"to":"\#(person)"}"#, "--unchecked"]),
        ("dead.replay", ["dead", "replay", "--field", "args.to=\(person)", "--error", person]),
        ("dead.abort", ["dead", "abort", "none"]),
        ("dead.delete", ["dead", "delete", "--all", "--type", "a.b", "--yes"]),
        ("mail.suppress", ["mail", "suppressions", "add", "\(person)@school.example"]),
        ("mail.allow", ["mail", "suppressions", "remove", "\(person)@school.example"]),
        ("mail.resolve", ["mail", "resolve", "4711", "--sent"]),
        ("mail.erase", ["mail", "erase", "\(person)@school.example", "--yes"]),
        ("mail.broadcast", ["mail", "broadcast", "none", "--mail", #"{"text":"Hello \#(person)"}"#]),
        ("mail.unsubscribe", ["mail", "unsubscribe", "TOKEN"]),
        ("quiz.import", ["quiz", "import", "FOLDER/quiz.gift", "--quiz", "sums"]),
        ("quiz.regrade", ["quiz", "regrade", "sums", "--version", "1"]),
        ("quiz.recompute", ["quiz", "statistics", "sums", "--recompute"]),
        ("quiz.enqueue", ["quiz", "ungraded", "--enqueue"]), ("quiz.erase", ["quiz", "erase", person, "--yes"]),
        ("certificate.revoke", ["certificates", "revoke", "7QF4-9KXM-2D8R-T5VC", "--reason", "It was annulled."]),
        (
            "certificate.reissue",
            ["certificates", "reissue", "7QF4-9KXM-2D8R-T5VC", "--name", person, "--reason", "Spelling."]
        ),
        ("certificate.cohort", ["certificates", "cohort", "spring", "--course", "engine"]),
        ("certificate.erase", ["certificates", "erase", person, "--yes"]),
        ("certificate.abandon", ["certificates", "abandon", "7QF4-9KXM-2D8R-T5VC"]),
        ("certificate.tidy", ["certificates", "tidy"]),
        ("video.tidy", ["videos", "tidy"]), ("video.erase", ["videos", "erase", "videos/none", "--yes"]),
        ("dead.open", ["dead", "show", "default:none", "--open"]),
        ("job.open", ["jobs", "show", "default:none", "--open"]),
        ("subject.erase", ["erase", person, "--yes"]),
        ("encryption.rotate", ["encryption", "rotate", "--yes"]),
        ("key.create", ["keys", "create", "web", "--role", "producer"]), ("key.revoke", ["keys", "revoke", "none"]),
        ("database.migrate", ["migrate"]), ("audit.prune", ["audit", "prune", "--before", "1ms", "--yes"]),
    ]

    /// Verbs that change nothing, or nothing that others rely on, or are producers and workers themselves. A new one is
    /// written here once somebody has asked himself whether that holds.
    private static let looking: Set<String> = [
        "dev", "demo", "work", "supervise", "relay", "serve", "enqueue", "queues", "limits", "workers", "templates",
        "doctor", "bench", "batches list", "batches show", "schedules list", "dead list", "dead groups",
        "dead replays", "dead export", "mail list", "mail show", "mail mailing", "quiz check",
        "quiz export", "quiz grade", "quiz show", "quiz attempt", "quiz regrades", "quiz changes",
        "certificates list", "certificates show", "certificates verify", "certificates preview",
        "certificates templates", "videos list", "videos show", "audit list", "audit export", "audit verify",
        "audit actions", "keys list", "types", "encryption show",
        // Prints a key, or writes it where no file is.
        "encryption generate",
        // What others report of mail is noted with its source, as workers note it.
        "mail bounces", "mail events",
        // What a worker does, too, where it may; and files of this machine alone, of which none is ever replaced.
        "redis load", "redis acl",
        "certificates identity",
    ]

    private static let configuration = """
        {
            schedules: {
                "often": { cron: "@yearly", type: "email.send", args: { to: "a@example.org", subject: "S", text: "T" } },
            },
            workers: { email: {
                templates: "\(Product.root)/Config/templates/email",
                unsubscribe: { url: "https://school.example/unsubscribe" },
            } },
        }
        """

    private struct Entry: Decodable {
        let number: Int
        let action: String
        let phase: String
        let began: Int?
        let reason: String?
    }

    private func entries(_ text: String) throws -> [Entry] {
        try text.split(separator: "\n").map { try JSONDecoder().decode(Entry.self, from: Data($0.utf8)) }
    }

    @Test func `everything that can be changed is written down, by whom and not of whom`() async throws {
        try await Site.with(Self.configuration, redis: nil) { site in
            let key = ["UNSUBSCRIBE_KEY": String(repeating: "k", count: 32)]
            _ = try await site.startDev(environment: key)
            _ = try site.write(
                #"{"id":"default:letter","buried":1795279200000,"fields":{"type":"a.b","args":"{}"}}"#.utf8,
                to: "letter.jsonl")
            _ = try site.write("::q1::2 + 2? {=4 ~5}\n".utf8, to: "quiz.gift")
            try await site.sql("CREATE DATABASE fresh")
            let environment = site.devEnvironment.merging(key) { $1 }
            let token = try await token(site, environment)
            for (action, words) in Self.commands {
                var environment = environment
                if action == "database.migrate" {
                    environment["DATABASE_URL"] = environment["DATABASE_URL"]?.replacing(
                        "/coursework?", with: "/fresh?")
                }
                let words = words.map { $0.replacing("FOLDER", with: site.folder).replacing("TOKEN", with: token) }
                // To prune takes away what came before.
                let before = action == "audit.prune" ? try await export(site, environment).output : ""
                #expect(!before.contains(Self.person))
                let ran = try await site.run(program: Product.command, words, environment: environment)
                let entries = try entries(try await export(site, environment).output)
                let begun = entries.last { $0.action == action && $0.phase == "begun" }
                let ended = entries.last { $0.began == begun?.number && $0.began != nil }
                #expect(begun != nil, "\(words) \(ran)")
                #expect(ended?.phase == (ran.exit == .code(0) ? "done" : "failed"), "\(words) \(ran)")
            }
            let verified = try await site.run("audit", "verify", environment: environment)
            #expect(verified.exit == .code(0), "\(verified)")
            let actions = try await site.run("audit", "actions", "--json", environment: environment)
            let declared = try JSONDecoder().decode([String: [String]].self, from: Data(actions.output.utf8))
            #expect(Set(declared.values.joined()) == Set(Self.commands.map(\.action)))
            #expect(Set(declared.filter { $0.value.isEmpty }.keys) == Self.looking)
        }
    }

    private func export(_ site: Site, _ environment: [String: String]) async throws -> Finished {
        try await site.run("audit", "export", environment: environment)
    }

    /// A link that a reader would follow.
    private func token(_ site: Site, _ environment: [String: String]) async throws -> String {
        let words = ["templates", "preview", "welcome", "--list", "news", "--out", site.folder]
        let made = try await site.run(program: Product.command, words, environment: environment)
        #expect(made.exit == .code(0), "\(made)")
        let field = try await site.read(mail: site.folder + "/welcome.eml").headers["list-unsubscribe"]
        return String(try #require(field?.firstMatch(of: /token=([^>]+)/)?.1))
    }

    private static let two = #"{ queues: ["emails", "default"], pools: { main: { queues: ["emails", "default"] } } }"#

    @Test func `tells who, what, when and why, exports it and sees what was changed`() async throws {
        try await Site.with(Self.two) { site in
            let paused = try await site.run(
                "pause", "emails", "--reason", "The mail server\u{1B}[2J moves.", environment: ["SUDO_USER": "ada"])
            #expect(paused.output == "emails is paused\n", "\(paused)")
            _ = try await site.run("resume", "emails")
            let list = try await site.run("audit", "list", "--actor", "ada")
            let lines = list.output.split(separator: "\n")
            #expect(lines.count == 3 && lines[0].hasPrefix("number  time"), "\(list)")
            #expect(lines[1].contains("queue.pause  done   of 1"), "\(list)")
            #expect(lines[2].contains("queue.pause  begun  emails; “The mail server\u{FFFD}[2J moves.”"), "\(list)")
            #expect(
                try await site.run("audit", "list", "--after", "1h", "--limit", "1").output.contains(
                    "queue.resume  done"))
            #expect(try await site.run("audit", "list", "--before", "1h").output == "There is no such entry.\n")
            let json = try await site.run("audit", "list", "--action", "queue.resume", "--json")
            #expect(
                json.output.hasPrefix("[{\"action\":\"queue.resume\"") && json.output.hasSuffix("\"}]\n"), "\(json)")

            let exported = try await site.run("audit", "export")
            let file = try site.write(exported.output.utf8, to: "audit.jsonl")
            let part = try await site.run("audit", "verify", file)
            #expect(part.exit == .code(0), "\(part)")
            #expect(part.output.hasSuffix("The trail has the same, or goes on from it.\n"), "\(part)")
            let whole = try await site.run("audit", "verify")
            #expect(whole.output.hasPrefix("4 entries fit together: 1 to 4.\nhead  4:"), "\(whole)")
            let head = String(whole.output.split(separator: " ").last?.dropLast() ?? "")
            #expect(try await site.run("audit", "verify", "--head", head).exit == .code(0))

            try await site.redis("XDEL", "coursework:audit", "2-0")
            let broken = try await site.run("audit", "verify")
            #expect(broken.exit == .code(1) && broken.errors == "coursework: Entry 2 is missing.\n", "\(broken)")
            let told = try await site.run("audit", "verify", "--json")
            #expect(told.output.contains(#""flaw":"Entry 2 is missing.","flaw_at":2"#), "\(told)")
            let refused = try await site.run("audit", "prune", "--before", "1ms", "--yes")
            #expect(refused.exit == .code(1) && refused.errors.contains("does not fit together"), "\(refused)")
            let work = try await site.run("pause", "emails")
            #expect(work.exit == .code(0), "nobody is kept from his work: \(work)")
        }
    }

    @Test func `asks for a reason where the configuration does`() async throws {
        let configuration = Self.two.replacing(
            "{ queues: [\"emails\", \"default\"], ",
            with: "{ audit: { requireReason: true }, queues: [\"emails\", \"default\"], ")
        try await Site.with(configuration) { site in
            let refused = try await site.run("pause", "emails")
            #expect(refused.exit == .code(64), "\(refused)")
            #expect(refused.errors.hasPrefix("coursework: Say why with --reason: "), "\(refused)")
            #expect(try await site.redis("EXISTS", "cw:{emails}:paused", "coursework:audit") == "0")
            #expect(try await site.run("pause", "emails", "--reason", "Noise.").exit == .code(0))
            let dead = try await site.run("dead", "delete", "--all", "--reason", "crash")
            #expect(dead.exit == .code(64) && dead.errors.contains("with --because"), "\(dead)")
            #expect(try await site.run("dead", "delete", "--all", "--because", "Old.", "--yes").exit == .code(0))
            #expect(try await site.run("dead", "delete", "--all", "--dry-run").exit == .code(0))
            #expect(try await site.run("queues", "--reason", "none").exit == .code(64))
            #expect(try await site.run("jobs", "show", "emails:1", "--reason", "none").exit == .code(64))
        }
    }

    @Test func `without Redis nothing is changed, in the database neither`() async throws {
        try await Site.with(nil, redis: nil) { site in
            _ = try await site.startDev()
            let address = "ada@school.example"
            #expect(try await site.runOnDev("mail", "suppressions", "add", address).exit == .code(0))
            let environment = site.devEnvironment.merging(["REDIS_URL": "unix://\(site.folder)/nowhere"]) { $1 }
            let erased = try await site.run("mail", "erase", address, "--yes", environment: environment)
            #expect(erased.exit == .code(69) && erased.errors.contains("Nothing was changed"), "\(erased)")
            let rows = try await site.sql("SELECT count(*) FROM coursework.mail_suppressions")
            #expect(rows == "1\n")
            let listed = try await site.run("mail", "suppressions", environment: environment)
            #expect(listed.exit == .code(0), "to look needs no entry: \(listed)")
            let migrated = try await site.run("migrate", environment: environment)
            #expect(migrated.exit == .code(0), "nothing is to be changed: \(migrated)")
        }
    }

    @Test(arguments: [
        ["audit"], ["audit", "nonsense"], ["audit", "prune"], ["audit", "list", "--after", "yesterday"],
        ["audit", "list", "--limit", "0"], ["audit", "verify", "--head", "7"], ["audit", "list", "--nope"],
        ["pause", "emails", "--reason", ""], ["pause", "emails", "--reason", "  "],
    ])
    func `what makes no sense is said`(words: [String]) async throws {
        try await Site.with(Self.two, redis: nil) { site in
            let refused = try await site.run(program: Product.command, words)
            #expect(refused.exit == .code(64), "\(refused)")
        }
    }
}
