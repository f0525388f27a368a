import Foundation
import ProgramSupport
import TestSupport
import Testing

@Suite("dead letters", .inTurns)
struct DeadTests {
    private static let workless = """
        { queues: ["emails", "default"], pools: { main: { queues: ["emails", "default"] } } }
        """

    /// Three letters of one cause, one of another that would clear a person's terminal.
    private func seed(_ site: Site) async throws {
        let fonts = (1...3).map { number in
            #"{"id":"default:c\#(number)","buried":179527920000\#(number),"fields":{"type":"email.send","reason":"failures","#
                + #""error":"Font \#(number) is missing.","attempt":"4","args":"{\"to\":\"ada\#(number)@example.org\",\"n\":\#(number)}"}}"#
        }
        let hostile =
            #"{"id":"emails:x.1-0","buried":1795279300000,"fields":{"error":"\u001b[2J\nsecond line","args":{"base64":"//4="}}}"#
        let file = try site.write((fonts + [hostile]).joined(separator: "\n").utf8, to: "seed.jsonl")
        let imported = try await site.run("dead", "import", file)
        #expect(
            imported.output == "4 dead letters imported; 0 were there already and are as they were.\n", "\(imported)")
    }

    @Test func `are listed, grouped and shown, and do the terminal no harm`() async throws {
        try await Site.with(Self.workless) { site in
            try await seed(site)
            let list = try await site.run("dead", "list", "--limit", "2")
            #expect(
                list.output == """
                    buried                id            type        reason    attempt  error
                    2026-11-21T16:41:40Z  emails:x.1-0                              1  \u{FFFD}[2J second line
                    2026-11-21T16:40:00Z  default:c3    email.send  failures        4  Font 3 is missing.
                    The latest 2; there are more (--limit).

                    """, "\(list)")
            let groups = try await site.run("dead", "groups", "--queue", "default")
            #expect(
                groups.output.contains("  3  default  email.send  2026-11-21T16:40:00Z  Font <n> is missing.\n"),
                "\(groups)")
            let json = try await site.run("dead", "groups", "--queue", "default", "--json").output
            let group = try #require(json.firstMatch(of: /"group":"([0-9a-f]{16})"/)?.1)
            #expect(
                json == """
                    {"groups":[{"count":3,"first":"2026-11-21T16:40:00.001Z","group":"\(group)","kind":"",\
                    "last":"2026-11-21T16:40:00.003Z","message":"Font 1 is missing.","pattern":"Font <n> is missing.",\
                    "queue":"default","reason":"failures","type":"email.send"}]}

                    """)
            let found = try await site.run("dead", "list", "--group", String(group), "--field", "args.n=2", "--json")
            #expect(found.output.contains(#""id":"default:c2""#) && !found.output.contains("c1"), "\(found)")
            let shown = try await site.run("dead", "show", "emails:x.1-0")
            #expect(shown.exit == .code(0) && !shown.output.contains("\u{1B}"), "\(shown)")
            let none = try await site.run("dead", "list", "--attempts", "..3", "--type", "email.send")
            #expect(none.output == "There is no such dead letter.\n")
        }
    }

    @Test func `are replayed by a filter, once it is said which`() async throws {
        try await Site.with { site in
            try await seed(site)
            let refused = try await site.run("dead", "replay")
            #expect(refused.exit == .code(64))
            #expect(refused.errors.hasPrefix("coursework: That would replay all dead letters: say which, or --all.\n"))
            #expect(try await site.run("dead", "delete").exit == .code(64))

            let dry = try await site.run("dead", "replay", "--error", "FONT", "--dry-run")
            #expect(
                dry.output.hasPrefix(
                    """
                    queue    type        reason    letters  for example  error
                    default  email.send  failures        3  default:c1   Font 1 is missing.
                    3 dead letters would be replayed; nothing was changed. To mean exactly these: --confirm 3:
                    """), "\(dry)")
            #expect(try await site.redis("XLEN", "cw:{default}") == "0")

            let edit = try await site.run(
                "dead", "edit", "default:c1", "--args", #"{"to":"ada@example.org","subject":"Hi","text":"Hello"}"#)
            #expect(edit.exit == .code(0), "\(edit)")
            let json = try await site.run(
                "dead", "replay", "--queue", "default", "--field", "args.subject=Hi", "--json", "--yes")
            let id = try #require(json.output.firstMatch(of: /"id":"(\w+)"/)?.1)
            #expect(
                json.output == #"{"examined":3,"id":"\#(id)","passed_over":0,"replayed":1,"state":"done"}"# + "\n",
                "\(json)")
            let replays = try await site.run("dead", "replays")
            #expect(replays.output.contains("\(id)  default  done"), "\(replays)")
            _ = try await site.startWorker()
            try await eventually("the mail is sent") { !site.mail.isEmpty }
            let again = try await site.run("dead", "replay", "default:c1")
            #expect(again.exit == .code(1))
            #expect(again.errors.hasPrefix("coursework: There is no dead letter default:c1"), "\(again)")
        }
    }

    @Test func `are edited to what their type can read, and to no other type`() async throws {
        try await Site.with(Self.workless) { site in
            try await seed(site)
            let wrong = try await site.run("dead", "edit", "default:c1", "--args", #"{"n":2}"#)
            #expect(wrong.exit == .code(1))
            #expect(wrong.errors.contains("The args of this email.send job cannot be read"), "\(wrong)")
            let fruitless = ["dead", "edit", "default:c1", "--args", #"{"to":"ada@example.org"}"#]
            let refused = try await site.run(program: Product.command, fruitless)
            #expect(refused.exit == .code(1) && refused.errors.contains("needs either 'template'"), "\(refused)")
            let unchecked = try await site.run(program: Product.command, fruitless + ["--unchecked", "--dry-run"])
            #expect(unchecked.exit == .code(0), "\(unchecked)")
            for words in [["--type", "a.b"], ["--set", "type=a.b"]] {
                let refused = try await site.run(program: Product.command, ["dead", "edit", "default:c1"] + words)
                #expect(refused.exit == .code(64))
                #expect(refused.errors.hasPrefix("coursework: The type of a job cannot be changed"), "\(refused)")
            }
            let dry = try await site.run(
                "dead", "edit", "default:c1", "--set", "args.subject=Hi", "--set", "args.text=Hello", "--dry-run")
            #expect(
                dry.output == """
                    default:c1 would be edited; nothing was changed:
                      args.subject: (none) -> "Hi"
                      args.text: (none) -> "Hello"

                    """, "\(dry)")
            let unknown = try await site.run("dead", "edit", "emails:x.1-0", "--args", "{}")
            #expect(unknown.exit == .code(1) && unknown.errors.contains("--unchecked"), "\(unknown)")
            #expect(try await site.run("dead", "edit", "emails:x.1-0", "--args", "{}", "--unchecked").exit == .code(0))
            let shown = try await site.run("dead", "show", "emails:x.1-0")
            #expect(shown.output.contains("edited, from what its producer wrote:"), "\(shown)")
        }
    }

    @Test func `are exported and imported, all of them or none`() async throws {
        try await Site.with(Self.workless) { site in
            try await seed(site)
            let exported = try await site.run("dead", "export").output
            #expect(exported.split(separator: "\n").count == 4)
            #expect(try await site.run("dead", "delete", "--all", "--yes").output == "4 dead letters deleted.\n")
            let lines = exported.split(separator: "\n").map(String.init)
            let broken = try site.write((lines[0] + "\n{\n" + lines[1]).utf8, to: "broken.jsonl")
            let refused = try await site.run("dead", "import", broken)
            #expect(refused.exit == .code(1))
            #expect(
                refused.errors
                    == "coursework: Line 2 is no dead letter, for it is not JSON; nothing was imported.\n")
            #expect(try await site.redis("ZCARD", "cw:{default}:dead") == "0")
            let file = try site.write(exported.utf8, to: "letters.jsonl")
            #expect(
                try await site.run("dead", "import", file, "--json").output == #"{"imported":4,"present":0}"# + "\n")
            #expect(
                try await site.run("dead", "import", file, "--json").output == #"{"imported":0,"present":4}"# + "\n")
            let again = try await site.run("dead", "export").output
            #expect(
                again.replacing(/,?"imported":"\d+"/, with: "") == exported.replacing(/,?"imported":"\d+"/, with: ""))
        }
    }

    @Test func `a replay is aborted from elsewhere, and one that was killed is resumed`() async throws {
        try await Site.with(Self.workless) { site in
            try await seed(site)
            let slow = try await site.start("dead", "replay", "--queue", "default", "--rate", "1/h", "--yes")
            let begun = try await slow.output.first(containing: "has begun")
            let id = try #require(begun.firstMatch(of: /Replay (\w+) has/)?.1)
            try await eventually("the first is replayed") { try await site.redis("XLEN", "cw:{default}") == "1" }
            slow.send(SIGKILL)
            _ = try await slow.exit()
            let resumed = try await site.start("dead", "replay", "--resume", String(id), "--rate", "1/h")
            try await eventually("it goes on") { try await site.redis("XLEN", "cw:{default}") == "2" }
            let aborted = try await site.run("dead", "abort", String(id))
            #expect(aborted.exit == .code(0), "\(aborted)")
            #expect(try await resumed.exit(within: .seconds(10)) == .code(1))
            #expect(
                resumed.errors.text.contains("The replay \(id) was aborted. 2 dead letters replayed"),
                "\(resumed.errors.text)")
            #expect(try await site.run("dead", "replay", "--resume", String(id)).exit == .code(1))
            #expect(try await site.run("dead", "abort", "nonsense").exit == .code(1))
        }
    }

    @Test func `a replay that waits says for what`() async throws {
        try await Site.with { site in
            let letters = (1...100).map { number in
                #"{"id":"default:c\#(number)","buried":1795279200000,"fields":{"type":"email.send","error":"No.","#
                    + #""args":"{\"to\":\"ada@example.org\",\"subject\":\"Hi\",\"text\":\"Hello\"}"}}"#
            }
            let file = try site.write(letters.joined(separator: "\n").utf8, to: "seed.jsonl")
            _ = try await site.run("dead", "import", file)
            let replay = try await site.start("dead", "replay", "--all", "--yes")
            let begins = "coursework: 3 replayed, and the others wait: "
            let lonely = try await replay.errors.first(containing: "no worker")
            #expect(
                lonely == begins + "no worker takes jobs of the queue default. They go on when one is started.")
            _ = try await site.run("pause", "default")
            let paused = try await replay.errors.first(containing: "is paused")
            #expect(
                paused == begins + "the queue default is paused. They go on after: coursework resume default")
            _ = try await site.run("pause", "default", "--type", "email.send")
            _ = try await site.run("resume", "default")
            _ = try await site.startWorker()
            let blocked = try await replay.errors.first(containing: "the type")
            #expect(
                blocked.hasSuffix(
                    "the type email.send is paused. They go on after: coursework resume default --type email.send"))
            _ = try await site.run("resume", "default", "--type", "email.send")
            #expect(try await replay.exit(within: .seconds(20)) == .code(0))
            try await eventually("all are sent") { site.mail.count == 100 }
        }
    }

    @Test(arguments: [
        ["dead"], ["dead", "nonsense"], ["dead", "show"], ["dead", "show", "nonsense"], ["dead", "show", "other:1"],
        ["dead", "list", "--limit", "0"], ["dead", "list", "--attempts", "x"], ["dead", "list", "--attempts", ".."],
        ["dead", "list", "--after", "yesterday"], ["dead", "list", "--field", "x"],
        ["dead", "list", "--queue", "other"],
        ["dead", "replay", "--all", "--rate", "5"], ["dead", "replay", "--resume", "x", "--all"],
        ["dead", "edit", "emails:1"],
        ["dead", "edit", "emails:1", "--set", "x=1"], ["dead", "import"], ["dead", "abort"],
        ["dead", "list", "--nope"],
    ])
    func `what makes no sense is said`(words: [String]) async throws {
        try await Site.with(Self.workless, redis: nil) { site in
            let refused = try await site.run(program: Product.command, words)
            #expect(refused.exit == .code(64), "\(refused)")
            #expect(refused.errors.hasSuffix("See coursework dead --help.\n"))
        }
    }

    @Test func `old ones are deleted where the configuration says so`() async throws {
        let configuration = """
            { queues: ["emails", "default"], deadLetters: { keepFor: "1h" },
              lease: { duration: "1s", renewEvery: "300ms", rescueEvery: "50ms" },
              pools: { main: { queues: ["emails", "default"] } } }
            """
        try await Site.with(configuration) { site in
            let file = try site.write(
                #"{"id":"default:old","buried":1000,"fields":{"type":"a.b","args":"{}"}}"#.utf8, to: "old.jsonl")
            #expect(try await site.run("dead", "import", file).exit == .code(0))
            let worker = try await site.startWorker()
            let line = try await worker.errors.first(containing: "deleted old dead letters")
            #expect(line.contains(#""queue":"default","count":1"#), "\(line)")
            #expect(try await site.redis("ZCARD", "cw:{default}:dead") == "0")
        }
    }
}
