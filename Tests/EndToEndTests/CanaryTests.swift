import Foundation
import Glibc
import ProgramSupport
import RedisRoles
import TestSupport
import Testing

/// S-10: marked secrets and persons, put into jobs, requests and the configuration of running programs; then everything is
/// searched that somebody reads who has no business with them.
@Suite("secrets and persons", .inTurns)
struct CanaryTests {
    /// No other text has it in it.
    private static func canary(_ number: Int) -> String { "qzk\(number)wvx" }

    private static let address = "\(canary(1))@school.example"

    /// Asks for spans.
    private static let trace = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    private typealias EnqueuedJob = (queue: String, type: String, args: String, more: [String])

    /// Jobs as a web tier would enqueue them, right and wrong.
    private static let jobs: [EnqueuedJob] = [
        (
            "emails", "email.send",
            #"{"to":"\#(canary(2)) <\#(address)>","subject":"\#(canary(3))","text":"\#(canary(4))"}"#, ["trace", trace]
        ),
        (
            "emails", "email.send",
            #"{"to":"\#(address)","template":"password-reset","data":{"name":"\#(canary(5))","url":"https://x/?\#(canary(6))"}}"#,
            ["trace", trace]
        ),
        ("emails", "email.send", #"{"to":"no address \#(canary(7))","subject":"S","text":"T"}"#, []),
        ("emails", "email.send", #"{"to":"a@example.org","template":"none","data":{"name":"\#(canary(8))"}}"#, []),
        ("emails", "email.send", #"{"to":"a@example.org",\#(canary(9))"#, []),
        ("emails", "email.send", #"{"to":"a@example.org","subject":7,"text":"\#(canary(10))"}"#, []),
        ("default", "quiz.grade", #"{"quiz":"none","learner":"\#(canary(11))","answers":{"q1":"\#(canary(12))"}}"#, []),
        (
            "default", "certificate.issue",
            #"{"learner":"\#(canary(13))","name":"\#(canary(14))","course":"engine","title":"Engines","issuer":"Academy"}"#,
            []
        ),
        ("default", "certificate.issue", #"{"learner":"\#(canary(15))","name":7,"course":"engine"}"#, []),
        ("default", "diagnostics.fail", #"{"times":1,"note":"\#(canary(16))"}"#, []),
        ("default", "diagnostics.fail", #"{"note":"\#(canary(17))"}"#, ["trace", trace, "track", "600000"]),
        ("default", "diagnostics.crash", #"{"note":"\#(canary(18))"}"#, []),
        ("default", "diagnostics.unknown", #"{"note":"\#(canary(19))"}"#, []),
        ("default", "diagnostics.noop", #"{"note":"\#(canary(20))"}"#, ["trace", canary(21)]),
        ("default", "diagnostics.noop", "{}", ["input", canary(22)]),
        ("default", "diagnostics.noop", #"["\#(canary(23))"]"#, ["then", "[\(canary(24))]"]),
    ]

    private static let configuration = """
        {
            queues: ["emails", "default", "notifications"],
            lease: { duration: "1s", renewEvery: "300ms", rescueEvery: "200ms" },
            tolerance: { crashes: 1, unknownTypeFor: "1s" },
            pools: { main: { queues: ["emails", "default", "notifications"], slots: 4 } },
            policies: { "email.send": { retries: 0 }, "diagnostics.fail": { retries: 1 } },
            workers: {
                email: {
                    from: "School <no-reply@school.example>",
                    smtpURL: "smtp://school@127.0.0.1:PORT", smtpPasswordFile: "smtp.password",
                    templates: "ROOT/Config/templates/email",
                    unsubscribe: { url: "https://learn.example.org/unsubscribe", keyFile: "unsubscribe.key" },
                },
            },
        }
        """

    @Test(.enabled("python3-aiosmtpd is not installed") { await Site.pythonKnows("aiosmtpd") })
    func `are in no log, metric, process, audit trail or error`() async throws {
        try await Site.with(nil, redis: nil) { site in
            // What says no, and repeats to whom.
            let refusal =
                #"{"auth":"school:\#(Self.canary(31))","rcpt":"550 5.1.1 <\#(Self.address)>: gone"}"#
            let smtp = try await site.start(
                program: "/usr/bin/python3", [Product.root + "/Tests/Tools/smtp_server.py", refusal], input: .open)
            let port = try await smtp.output.first(containing: "port").firstMatch(of: /\d+/)?.0
            let text = Self.configuration.replacing("PORT", with: port ?? "").replacing("ROOT", with: Product.root)
            let file = try site.write(text.utf8, to: "own.json5")
            _ = try site.write(Self.canary(31).utf8, to: "smtp.password")
            _ = try site.write(String(repeating: Self.canary(32), count: 8).utf8, to: "unsubscribe.key")
            let collector = try await site.startCollector()
            let dev = try await site.startDev(
                "--diagnostics", "--config", file,
                environment: ["OTEL_EXPORTER_OTLP_ENDPOINT": collector.endpoint, "COURSEWORK_LOG_LEVEL": "debug"])
            let url = try await dev.output.first("its address") { $0.hasPrefix("http://127.0.0.1:") }

            var seen = try await enqueue(site)
            let key = try await site.runOnDev("keys", "create", "admin", "--role", "admin")
                .output.trimmingCharacters(in: .newlines)
            seen.merge(try await ask(url, key, site)) { $1 }
            // First the job has ended that takes its worker with it, and whatever else runs there.
            try await untilEnded(dev, site)
            try await killWorker(dev, site)
            try await untilEnded(dev, site)
            _ = try await collector.span("process emails")
            _ = try await collector.program.output.first(containing: "4bf92f3577b34da6a3ce929d0e0e4736")
            seen["the spans"] = collector.program.output.text
            // The address was refused, and the refusal told.
            #expect(dev.errors.text.contains("550 5.1.1 <[hidden]>: gone"))
            seen.merge(try await look(url, key, dev, site)) { $1 }

            let files = RedisRole.allCases.map { "\(site.data)/accounts/\($0)" }
            let passwords = try files.map { file in
                try String(contentsOfFile: file, encoding: .utf8).trimmingCharacters(in: .newlines)
            }
            let canaries = (1...41).map(Self.canary) + passwords + [String(key.suffix(64))]
            for (place, text) in seen {
                let found = canaries.filter { text.contains($0) }
                let lines = text.split(separator: "\n").filter { line in found.contains { line.contains($0) } }
                #expect(found == [], "\(place): \(lines.prefix(5).map { $0.prefix(600) })")
            }
        }
    }

    /// What somebody reads who enqueues.
    private func enqueue(_ site: Site) async throws -> [String: String] {
        var seen: [String: String] = [:]
        for job in Self.jobs {
            let added = try await site.redisOnDev(
                as: "web", ["XADD", "cw:{\(job.queue)}", "*", "type", job.type, "args", job.args] + job.more)
            #expect(added.output.contains("-"), "\(added)")
        }
        let options = [
            "--key", Self.canary(25), "--unique", Self.canary(26), "--args", #"{"note":"\#(Self.canary(27))"}"#,
        ]
        let enqueued = try await site.run(
            program: Product.command, ["enqueue", "diagnostics.noop", "--unchecked"] + options,
            environment: site.devEnvironment)
        #expect(enqueued.exit == .code(0), "\(enqueued)")
        seen["enqueue"] = enqueued.output + enqueued.errors
        let row = #"{"note":"\#(Self.canary(28))"}"#
        _ = try await site.sql("INSERT INTO coursework.outbox (type, args) VALUES ('diagnostics.noop', '\(row)')")
        return seen
    }

    /// What somebody is told who asks wrongly by HTTP; the log is searched for it later.
    private func ask(_ url: String, _ key: String, _ site: Site) async throws -> [String: String] {
        let authorization = "Authorization: Bearer \(key)"
        let requests: [String: [String]] = [
            "a wrong key": ["/v1/queues", "-H", "Authorization: Bearer cwk_\(Self.canary(29))"],
            "a wrong link": ["/unsubscribe?token=\(Self.canary(30))"], "a code": ["/certificates/\(Self.canary(33))"],
            "a search": ["/v1/dead?error=\(Self.canary(34))", "-H", authorization],
            "a field": ["/v1/dead?field=args.to=\(Self.canary(35))", "-H", authorization],
            "no JSON": ["/v1/jobs", "-H", authorization, "-d", "{\(Self.canary(36))"],
            "a wrong payload": [
                "/v1/jobs", "-H", authorization, "-d", #"{"type":"email.send","args":{"to":"\#(Self.canary(37))"}}"#,
            ],
            "an idempotency key": [
                "/v1/jobs", "-H", authorization, "-H", "Idempotency-Key: \(Self.canary(38))",
                "-d", #"{"type":"diagnostics.noop","args":{}}"#,
            ],
            "a deletion": [
                "/v1/dead/delete", "-H", authorization, "-d", #"{"error":"\#(Self.canary(39))","reason":"failures"}"#,
            ],
            "a browser": [
                "/livez", "-H", "User-Agent: \(Self.canary(40))", "-H", "Referer: https://\(Self.canary(40))/",
            ],
        ]
        var seen: [String: String] = [:]
        for (title, words) in requests {
            let asked = try await site.run(
                program: "curl", ["-sS", "--max-time", "20", url + words[0]] + words.dropFirst())
            #expect(asked.exit == .code(0), "\(asked)")
            seen["the answer to \(title)"] = asked.output
        }
        return seen
    }

    /// While it holds a job.
    private func killWorker(_ dev: Program, _ site: Site) async throws {
        let args = #"{"seconds":5,"note":"\#(Self.canary(41))"}"#
        let added = try await site.redisOnDev(
            as: "web", "XADD", "cw:{default}", "*", "track", "600000", "type", "diagnostics.sleep", "args", args)
        let entry = added.output.trimmingCharacters(in: .newlines)
        try await eventually("it runs") {
            try await site.redisOnDev("HGET", "cw:{default}:job:\(entry)", "state").output == "active\n"
        }
        for worker in ProcessTable.descendants(of: dev.processID) where ProcessTable.words(of: worker).contains("work")
        {
            kill(worker, SIGKILL)
        }
    }

    private func untilEnded(_ dev: Program, _ site: Site) async throws {
        try await eventually(within: .seconds(60), "all jobs have ended") {
            let shown = try await site.runOnDev("queues", "--json").output
            let queues = try JSONSerialization.jsonObject(with: Data(shown.utf8)) as? [String: [String: Any]] ?? [:]
            let waiting = queues.values.flatMap { queue in
                ["ready", "active", "scheduled", "retrying", "outgoing"].map { queue[$0] as? Int ?? 0 }
            }
            return !queues.isEmpty && waiting.allSatisfy { $0 == 0 }
        }
    }

    /// What those see who look after it all.
    private func look(_ url: String, _ key: String, _ dev: Program, _ site: Site) async throws -> [String: String] {
        var seen = ["the log": dev.errors.text, "the output": dev.output.text]
        for path in ["/metrics", "/v1/workers", "/v1/queues", "/v1/scale", "/v1/schedules", "/v1/replays", "/readyz"] {
            seen[path] = try await site.run(
                program: "curl", ["-sS", "-H", "Authorization: Bearer \(key)", url + path]
            ).output
        }
        for words in [
            ["audit", "export"], ["doctor"], ["workers", "--json"], ["queues"], ["dead", "groups"], ["keys", "list"],
        ] {
            let ran = try await site.run(program: Product.command, words, environment: site.devEnvironment)
            seen[words.joined(separator: " ")] = ran.output + ran.errors
        }
        for process in ProcessTable.descendants(of: dev.processID) + [dev.processID] {
            for file in ["cmdline", "environ"] {
                let text = try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(process)/\(file)"))
                seen["\(file) of \(process)", default: ""] += String(decoding: text ?? Data(), as: UTF8.self)
            }
        }
        // A letter has what its producer wrote; all else of it are errors.
        let export = try await site.runOnDev("dead", "export").output
        #expect(export.split(separator: "\n").count >= 5, "\(export)")
        for line in export.split(separator: "\n") {
            var letter = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
            var fields = letter["fields"] as? [String: Any] ?? letter
            for name in ["args", "then", "input", "trace", "original", "unique"] { fields[name] = nil }
            letter["fields"] = fields
            seen["the letter \(letter["id"] ?? "")"] = String(
                decoding: try JSONSerialization.data(withJSONObject: letter), as: UTF8.self)
        }
        seen["what Redis logged"] = try String(contentsOfFile: site.data + "/redis/redis.log", encoding: .utf8)
        return seen
    }
}
