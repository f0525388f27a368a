import Foundation
import Glibc
import ProgramSupport
import Testing

@Suite("enqueue", .inTurns)
struct EnqueueTests {
    @Test func `prints the id of a job, which stands in its type's queue`() async throws {
        try await Site.with { site in
            let args = #"{"to":"ada@school.example","subject":"Hi","text":"Hello"}"#
            let enqueued = try await site.run("enqueue", "email.send", "--args", args)
            #expect(enqueued.exit == .code(0), "\(enqueued)")
            let id = try #require(enqueued.id)
            #expect(id.queue == "emails")
            let entry = try await site.redis("XRANGE", "cw:{emails}", "-", "+")
            #expect(entry == "\(id.token)\ntype\nemail.send\nargs\n\(args)")
        }
    }

    @Test func `reads the args from standard input, into the queue that is named`() async throws {
        try await Site.with { site in
            let file = try site.write(#"{"quiz":"Grüße"}"#.utf8, to: "args")
            let enqueued = try await site.run(
                "enqueue", "quiz.regrade", "--queue=notifications", "--args", "-", input: .file(file))
            #expect(enqueued.id?.queue == "notifications", "\(enqueued)")
            #expect(
                try await site.redis("XRANGE", "cw:{notifications}", "-", "+")
                    .hasSuffix("type\nquiz.regrade\nargs\n{\"quiz\":\"Grüße\"}"))
        }
    }

    @Test func `puts a job off`() async throws {
        try await Site.with { site in
            let before = Date()
            let soon = try #require(try await site.run("enqueue", "diagnostics.noop", "--in", "5m").id)
            let someday = try #require(
                try await site.run("enqueue", "diagnostics.noop", "--at", "2100-12-01T08:00:00Z").id)
            let now = try await site.run("enqueue", "diagnostics.noop", "--at", "2020-12-01T08:00:00Z")

            #expect(now.exit == .code(0))
            #expect(try await site.state() == QueueState(ready: 1, scheduled: 2))
            let due = try await site.redis("ZSCORE", "cw:{default}:later", soon.token)
            let wait = (Double(due) ?? 0) / 1000 - before.timeIntervalSince1970
            #expect((300..<340).contains(wait), "\(wait)")
            let far = try await site.redis("ZSCORE", "cw:{default}:later", someday.token)
            #expect(abs((Double(far) ?? 0) / 1000 - 4_131_331_200) < 40, "\(far)")
        }
    }

    @Test func `enqueues once for a key`() async throws {
        try await Site.with { site in
            let first = try await site.run("enqueue", "diagnostics.noop", "--key", "welcome-4711")
            let again = try await site.run("enqueue", "diagnostics.noop", "--key", "welcome-4711", "--json")
            let other = try await site.run("enqueue", "diagnostics.noop", "--key", "welcome-4712")

            let id = first.output.trimmingCharacters(in: .newlines)
            #expect(first.id != nil)
            #expect(again.output == #"{"id":"\#(id)"}"# + "\n")
            #expect(other.output != first.output)
            #expect(try await site.state() == QueueState(ready: 2))
        }
    }

    @Test func `tracks a job`() async throws {
        try await Site.with { site in
            let id = try #require(try await site.run("enqueue", "diagnostics.noop", "--track").id)
            let key = "cw:{default}:job:\(id.token)"
            #expect(try await site.redis("HGET", key, "state") == "ready")
            let seconds = Int(try await site.redis("TTL", key)) ?? 0
            #expect((86_000...86_400).contains(seconds))
        }
    }

    @Test func `waits for the result of a job`() async throws {
        try await Site.with { site in
            _ = try await site.startWorker()
            let args = #"{"to":"ada@school.example","subject":"Hi","text":"Hello"}"#
            let plain = try await site.run("enqueue", "email.send", "--wait", "--args", args)
            #expect(plain.exit == .code(0), "\(plain)")
            let lines = plain.output.split(separator: "\n")
            let id = lines[0].split(separator: " ")[0]
            #expect(lines[0] == "\(id) done")
            let token = id.split(separator: ":")[1]
            let result = """
                {"messageID":"<emails.\(token)@localhost>","place":"\(site.data)/mail/emails.\(token).eml","recipients":1}
                """
            #expect(lines.dropFirst().joined() == result)

            let json = try await site.run("enqueue", "diagnostics.noop", "--wait", "--json")
            #expect(json.exit == .code(0), "\(json)")
            let end = #"","progress":1,"state":"done","type":"diagnostics.noop"}"# + "\n"
            #expect(json.output.hasPrefix(#"{"attempt":1,"id":"default:"#) && json.output.hasSuffix(end), "\(json)")
        }
    }

    @Test func `ends with 1 and says why when the job died`() async throws {
        try await Site.with { site in
            _ = try await site.startWorker()
            let dead = try await site.run("enqueue", "email.send", "--wait", "--unchecked")
            let id = dead.output.split(separator: " ")[0]
            #expect(dead.exit == .code(1))
            #expect(dead.output == "\(id) dead\n")
            #expect(
                dead.errors == """
                    coursework: \(id) is dead (undecodable): The args of this email.send job cannot be read: \
                    the field 'to' is missing.

                    """)
        }
    }

    @Test func `a job that fails a few times is retried until it is done`() async throws {
        try await Site.with { site in
            _ = try await site.startWorker()
            let args = #"{"times":2}"#
            let done = try await site.run("enqueue", "diagnostics.fail", "--wait", "--json", "--args", args)
            #expect(done.exit == .code(0), "\(done)")
            #expect(done.output.hasPrefix(#"{"attempt":3,"#), "\(done)")
        }
    }

    @Test func `stops waiting when the time is over`() async throws {
        try await Site.with { site in
            let waiting = try await site.run("enqueue", "diagnostics.noop", "--wait", "--timeout", "100ms")
            #expect(waiting.exit == .code(1))
            #expect(
                waiting.errors.wholeMatch(
                    of: /coursework: default:[0-9a-f]{32} has not ended within the timeout; it goes on.\n/) != nil,
                "\(waiting)")
        }
    }

    @Test func `shows nothing of a job to the terminal as a command`() async throws {
        try await Site.with { site in
            _ = try await site.startWorker()
            let args = #"{"message":"red \u001b[31m","times":null}"#
            let dead = try await site.run("enqueue", "diagnostics.fail", "--wait", "--args", args)
            #expect(dead.exit == .code(1))
            #expect(!dead.errors.contains("\u{1B}") && dead.errors.contains("red \u{FFFD}[31m"), "\(dead)")
        }
    }

    @Test func `refuses a payload that its type will not take, and names the field`() async throws {
        try await Site.with(redis: nil) { site in
            let args = #"{"to":["ada@school.example","ada"],"subject":"Hi"}"#
            let refused = try await site.run("enqueue", "email.send", "--args", args)
            #expect(refused.exit == .code(64) && refused.output == "")
            #expect(
                refused.errors == """
                    coursework: This is no payload of email.send: /to/1: must be a mail address, such as ada@example.org or \
                    Ada Lovelace <ada@example.org>; the payload needs either 'template', or 'subject' with 'text', 'html' or \
                    both. With --unchecked it is enqueued all the same.
                    coursework: See coursework enqueue --help.

                    """, "\(refused)")
        }
    }

    @Test(arguments: [
        ([], "The job's type is missing."),
        (["mail"], "'mail' is no job type: write domain.verb, for example email.send."),
        (["a.b", "--args", "{"], "--args is not valid JSON."),
        (["a.b", "--args"], "--args needs a value."),
        (["a.b", "--queue", "A b"], "'A b' is no queue name: use lower-case letters, digits, _ and -."),
        (
            ["a.b", "--queue", "nope"],
            "There is no queue 'nope' in the configuration; there is emails, default, notifications."
        ),
        (["a.b", "--in", "5m", "--at", "2100-12-01T08:00:00Z"], "Give --in or --at, not both."),
        (["a.b", "--at", "tomorrow"], "--at must be a time before the year 10000, such as 2026-12-01T08:00:00Z."),
        (
            ["a.b", "--at", "300000-01-01T00:00:00Z"],
            "--at must be a time before the year 10000, such as 2026-12-01T08:00:00Z."
        ),
        (["a.b", "--key", ""], "--key must be 1 to 256 bytes."),
        (["a.b", "--wai"], "'--wai' is not expected here. Did you mean --wait?"),
        (["a.b", "c.d"], "'c.d' is not expected here."),
    ])
    func `refuses what it cannot understand, and says what to write`(words: [String], sentence: String) async throws {
        try await Site.with(redis: nil) { site in
            let refused = try await site.run(program: Product.command, ["enqueue"] + words)
            #expect(refused.exit == .code(64), "\(refused)")
            #expect(refused.output == "")
            #expect(refused.errors == "coursework: \(sentence)\ncoursework: See coursework enqueue --help.\n")
        }
    }

    @Test func `says in a sentence what the functions of Redis refuse`() async throws {
        try await Site.with { site in
            _ = try await site.run("batches", "list")
            for token in ["over", "gone"] { try await site.redis("FCALL", "cw_batch_open", "1", "cw:{default}", token) }
            try await site.redis("FCALL", "cw_batch_close", "1", "cw:{default}", "over")
            try await site.redis("HSET", "cw:{default}:batch:gone", "cancelled", "1")
            for (batch, sentence) in [
                ("over", "The batch has ended and takes no jobs any more: open another."),
                ("gone", "The batch is cancelled and takes no jobs any more: open another."),
                ("never", "There is no such batch in this queue: open it first, or it is forgotten already."),
            ] {
                let refused = try await site.run("enqueue", "diagnostics.noop", "--batch", "default:\(batch)")
                #expect(refused.exit == .code(64) && refused.output == "", "\(refused)")
                #expect(refused.errors == "coursework: \(sentence)\ncoursework: See coursework enqueue --help.\n")
            }
        }
    }

    /// As the shell passes on a payload that was not quoted: what it lacks is not the mistake.
    @Test func `refuses words that are left over before it looks at the payload`() async throws {
        try await Site.with(redis: nil) { site in
            let refused = try await site.run("enqueue", "email.send", "--args", "{}", "to:", "ada@example.org")
            #expect(refused.exit == .code(64))
            #expect(refused.errors.hasPrefix("coursework: 'to:' is not expected here."), "\(refused)")
        }
    }

    @Test func `refuses a duration without a unit`() async throws {
        try await Site.with(redis: nil) { site in
            let refused = try await site.run("enqueue", "a.b", "--in", "5")
            #expect(refused.exit == .code(64))
            #expect(refused.errors.hasPrefix(#"coursework: '5' has no unit; write "5s" for seconds"#), "\(refused)")
        }
    }

    @Test(arguments: [["enqueue", "a.b"], ["queues"], ["enqueue", "a.b", "--key", "k"]])
    func `ends with 69 when Redis is away`(words: [String]) async throws {
        try await Site.with(redis: nil) { site in
            let away = try await site.run(program: Product.command, words)
            #expect(away.exit == .code(69), "\(away)")
            #expect(away.output == "")
            let sentence = """
                coursework: Redis at unix://\(site.socket) cannot be reached: connecting: No such file or directory. \
                Start it, or set REDIS_URL to where it is.

                """
            #expect(away.errors == sentence, "\(away)")
            #expect(away.errors.split(separator: "\n").count == 1)
        }
    }
}

extension Finished {
    /// The job's id, when that is all that was printed.
    var id: (queue: String, token: String)? {
        let parts = output.trimmingCharacters(in: .newlines).split(separator: ":").map(String.init)
        return parts.count == 2 && exit == .code(0) ? (parts[0], parts[1]) : nil
    }
}
