import Foundation
import ProgramSupport
import TestSupport
import Testing

/// What a tired person, a script with an unset variable or a hostile job cannot do by the shell.
@Suite("S-16 the shell is safe", .inTurns(limit: .seconds(120)))
struct SafetyTests {
    private static let configuration =
        #"{ queues: ["emails", "default"], pools: { main: { queues: ["emails", "default"] } } }"#

    private func letter(_ name: String, _ error: String = "No.") -> String {
        #"{"id":"default:\#(name)","buried":1795279200000,"fields":{"type":"email.send","error":"\#(error)","args":"{}"}}"#
    }

    private func bury(_ names: [String], _ site: Site) async throws {
        let file = try site.write(names.map { letter($0) }.joined(separator: "\n").utf8, to: "letters.jsonl")
        let imported = try await site.run("dead", "import", file)
        #expect(imported.exit == .code(0), "\(imported)")
    }

    private func dead(_ site: Site) async throws -> String { try await site.redis("ZCARD", "cw:{default}:dead") }

    @Test(arguments: [
        ["dead", "delete", "--all"], ["dead", "delete", "default:a"], ["dead", "delete", "--type", "email.send"],
        ["dead", "replay", "--all"], ["dead", "replay", "--error", "no"], ["dead", "delete", "--all", "--json"],
    ])
    func `without a terminal nothing happens without --yes`(words: [String]) async throws {
        try await Site.with(Self.configuration) { site in
            try await bury(["a", "b"], site)
            let refused = try await site.run(program: Product.command, words)
            #expect(refused.exit == .code(64) && refused.output == "", "\(refused)")
            #expect(refused.errors.contains("default:a") && refused.errors.contains("say --yes"), "\(refused)")
            #expect(try await dead(site) == "2")
            // What was not done is in no audit trail.
            let trail = try await site.run("audit", "list", "--action", "dead")
            #expect(!trail.output.contains("dead.delete") && !trail.output.contains("dead.replay"), "\(trail)")
        }
    }

    @Test(arguments: [
        ["dead", "delete"], ["dead", "replay"], ["dead", "delete", "--yes"], ["dead", "replay", "--yes"],
        ["dead", "delete", "--type", "", "--yes"], ["dead", "replay", "--queue", "", "--yes"],
        ["dead", "delete", "--error", "", "--yes"], ["dead", "delete", "*", "--yes"], ["dead", "replay", "*", "--yes"],
    ])
    func `an empty variable or an asterisk never means all`(words: [String]) async throws {
        try await Site.with(Self.configuration) { site in
            try await bury(["a", "b"], site)
            let refused = try await site.run(program: Product.command, words)
            #expect(refused.exit == .code(64), "\(refused)")
            #expect(try await dead(site) == "2")
        }
    }

    @Test func `what was looked at is done, and nothing that came since`() async throws {
        try await Site.with(Self.configuration) { site in
            try await bury(["a", "b"], site)
            let looked = try await site.run("dead", "delete", "--all", "--dry-run")
            let seen = try #require(looked.output.firstMatch(of: #/--confirm (2:[0-9a-f]{12})\n/#)?.1)
            try await bury(["c"], site)
            for verb in ["delete", "replay"] {
                let stale = try await site.run("dead", verb, "--all", "--confirm", String(seen))
                #expect(stale.exit == .code(1) && stale.errors.contains("other letters"), "\(stale)")
            }
            #expect(try await dead(site) == "3")
            // As many, and others.
            #expect(try await site.run("dead", "delete", "default:a", "--yes").exit == .code(0))
            #expect(try await site.run("dead", "delete", "--all", "--confirm", String(seen)).exit == .code(1))
            let json = try await site.run("dead", "delete", "--all", "--dry-run", "--json")
            let now = try #require(json.output.firstMatch(of: #/"confirm":"(2:[0-9a-f]{12})"/#)?.1)
            let done = try await site.run("dead", "delete", "--all", "--confirm", String(now))
            #expect(done.exit == .code(0) && done.output == "2 dead letters deleted.\n", "\(done)")
        }
    }

    /// At a terminal that `script` makes.
    @Test func `a person is asked, and only yes is yes`() async throws {
        try await Site.with(Self.configuration) { site in
            try await bury(["a", "b"], site)
            func answer(_ word: String) async throws -> Finished {
                let file = try site.write("\(word)\n".utf8, to: "answer")
                return try await site.run(
                    program: "script", ["-qec", "\(Product.command) dead delete --all", "/dev/null"], input: .file(file)
                )
            }
            for word in ["no", "y", "", "yesterday"] {
                let refused = try await answer(word)
                #expect(refused.exit == .code(1) && refused.output.contains("Nothing was changed."), "\(refused)")
                #expect(
                    refused.output.contains("2 dead letters would be deleted") && !refused.output.contains("\u{1B}"))
            }
            #expect(try await dead(site) == "2")
            let done = try await answer("yes")
            #expect(done.exit == .code(0) && done.output.contains("2 dead letters deleted."), "\(done)")
            #expect(try await dead(site) == "0")
        }
    }

    @Test func `what else ends for good asks as well`() async throws {
        try await Site.with(Self.configuration) { site in
            // Brings the functions.
            _ = try await site.run("limits")
            try await site.redis("FCALL", "cw_batch_open", "1", "cw:{default}", "b")
            let commands = [
                ["batches", "cancel", "default:b"], ["audit", "prune", "--before", "1ms"],
                ["mail", "erase", "ada@example.org"], ["quiz", "erase", "ada"], ["certificates", "erase", "ada"],
                ["videos", "erase", "videos/one"],
            ]
            for words in commands {
                let refused = try await site.run(program: Product.command, words)
                #expect(refused.exit == .code(64) && refused.errors.contains("say --yes"), "\(words) \(refused)")
            }
            #expect(try await site.redis("EXISTS", "coursework:audit") == "0")
        }
    }

    // MARK: Terminals

    /// Every control character but the end of a line, and what turns the direction of writing.
    private static let harmful: [Unicode.Scalar] = {
        var numbers: [UInt32] = [0x061C, 0x200E, 0x200F, 0x2028, 0x2029]
        for range: ClosedRange<UInt32> in [0x01...0x1F, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069] {
            numbers += range
        }
        return numbers.compactMap { Unicode.Scalar($0) }
    }()

    private static let payload = "A\u{1B}[2J\u{9B}2K\u{202E}" + String(String.UnicodeScalarView(harmful)) + "Z"

    private static let looks: [[String]] = [
        ["dead", "list"], ["dead", "groups"], ["dead", "show", "default:x"], ["dead", "replays"],
        ["dead", "replay", "--all", "--dry-run"], ["dead", "delete", "--all"],
        ["dead", "edit", "default:x", "--set", "args.text=x", "--dry-run", "--unchecked"],
        ["dead", "edit", "default:x", "--args", "{}"], ["dead", "show", "default:\(payload)"],
        ["jobs", "show", "default:x"], ["jobs", "show", "default:\(payload)"], ["jobs", "show", "default:j"],
        ["jobs", "show", "default:5-0"], ["jobs", "cancel", "default:\(payload)"],
        ["batches", "list"], ["batches", "show", "default:b"], ["queues"], ["workers"], ["limits"],
        ["audit", "list"], ["pause", payload], ["enqueue", payload], ["dead", "list", "--error", payload],
        ["schedules", "run", payload], ["dead", "abort", payload],
    ]

    @Test func `nothing that a job brings is a command to the terminal`() async throws {
        try await Site.with(Self.configuration) { site in
            try await harm(site)
            let server = try await site.serve()
            for words in Self.looks {
                for more in [[], ["--json"]] {
                    let ran = [
                        try await site.run(program: Product.command, words + more), try await server.run(words + more),
                    ]
                    for finished in ran { Self.check(finished, words + more) }
                }
            }
        }
    }

    private static func check(_ finished: Finished, _ words: [String]) {
        for text in [finished.output, finished.errors] {
            let found = text.unicodeScalars.filter { $0 != "\n" && harmful.contains($0) }
            #expect(found.isEmpty, "\(words): \(found.map { String($0.value, radix: 16) })")
        }
    }

    /// A job that has it in every field, wherever a producer or a worker can write.
    private func harm(_ site: Site) async throws {
        let text = Self.payload
        let json = String(decoding: try JSONEncoder().encode(text), as: UTF8.self)
        let args = String(decoding: try JSONEncoder().encode(#"{"text":\#(json)}"#), as: UTF8.self)
        let fields =
            ["type", "reason", "error", "kind", "group", "original", "trace", "id"]
            .map { "\"\($0)\":\(json)" } + [#""args":\#(args)"#, #""attempt":"2""#, "\(json):\(json)"]
        let letter = #"{"id":"default:x","buried":1795279200000,"fields":{\#(fields.joined(separator: ","))}}"#
        let imported = try await site.run("dead", "import", try site.write(letter.utf8, to: "x.jsonl"))
        #expect(imported.exit == .code(0), "\(imported)")
        try await site.redis("FCALL", "cw_batch_open", "1", "cw:{default}", "b", "name", text)
        try await site.redis("XADD", "cw:{default}", "5-0", "type", text, "track", "600000", "args", text, text, text)
        try await site.redis("HSET", "cw:{default}:job:j", "state", "done", "type", text, "result", text, "error", text)
        _ = try await site.run("pause", "default", "--reason", "Because \(text)")
    }
}
