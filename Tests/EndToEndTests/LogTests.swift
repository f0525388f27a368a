import Foundation
import ProgramSupport
import Testing

@Suite("the log of a worker", .inTurns)
struct LogTests {
    @Test func `is one JSON object a line, whatever jobs say`() async throws {
        try await Site.with { site in
            let worker = try await site.startWorker()
            let nasty = #"two\nlines, \"quotes\", \u001b[31m, \u0000, \\ and \r Grüße \u2028"#
            var tokens = [
                try await site.add("diagnostics.fail", #"{"message":"\#(nasty)"}"#),
                try await site.add("diagnostics.noop"),
            ]
            // A type with a line's end in it; redis-cli takes it as it is.
            tokens.append(try await site.add("two\nlines \"quoted\""))
            for token in tokens { _ = try await site.end(of: token) }
            let ended = try await worker.end()

            let lines = try ended.errors.split(separator: "\n").map { line in
                try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(line)")
            }
            for line in lines {
                let time = try #require(line["time"] as? String)
                #expect(time.wholeMatch(of: /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z/) != nil)
                #expect(["info", "notice", "warning", "error"].contains(line["level"] as? String), "\(line)")
                #expect((line["message"] as? String)?.isEmpty == false)
            }
            let ofJobs = lines.filter { $0["job_id"] != nil }
            // Four attempts, one that is done, one that is no job.
            #expect(ofJobs.count == 6, "\(ended)")
            for line in ofJobs {
                #expect((line["job_id"] as? String)?.hasPrefix("default:") == true)
                #expect(line["queue"] as? String == "default")
                #expect(line["type"] is String && line["attempt"] is Int && line["duration_ms"] is Double, "\(line)")
            }
            let buried = try #require(ofJobs.first { ($0["reason"] as? String) == "failures" })
            #expect(
                buried["error"] as? String
                    == "two\nlines, \"quotes\", \u{1B}[31m, \0, \\ and \r Grüße \u{2028}")
            let malformed = try #require(ofJobs.first { ($0["reason"] as? String) == "malformed" })
            #expect(malformed["type"] as? String == "two\nlines \"quoted\"")
        }
    }

    @Test func `holds no payload of a job that cannot be read`() async throws {
        try await Site.with { site in
            let worker = try await site.startWorker()
            let token = try await site.add(
                "email.send", #"{"to":42,"text":"Your password is swordfish"}"#, to: "emails")
            #expect(try await site.end(of: token, in: "emails") == "dead")
            let ended = try await worker.end()
            #expect(ended.errors.contains(token))
            #expect(!ended.errors.contains("swordfish"))
        }
    }

    @Test func `is text when asked for, and as quiet as asked for`() async throws {
        try await Site.with { site in
            let worker = try await site.start(
                "work", environment: ["COURSEWORK_LOG_FORMAT": "text", "COURSEWORK_LOG_LEVEL": "notice"])
            let ready = try await worker.errors.first(containing: "ready")
            #expect(ready.firstMatch(of: /^\d\d:\d\d:\d\d\.\d{3} notice   ready pool=main worker=/) != nil, "\(ready)")
            let token = try await site.add(
                "email.send", #"{"to":"ada@school.example","subject":"Hi","text":"Hello"}"#, to: "emails")
            #expect(try await site.end(of: token, in: "emails") == "done")
            // What was done is no notice; that mail goes without a record is a warning, which names the first such job.
            let lines = try await worker.end().errors.split(separator: "\n").filter { $0.contains(token) }
            #expect(lines.allSatisfy { $0.contains("without a record") }, "\(lines)")
        }
    }
}
