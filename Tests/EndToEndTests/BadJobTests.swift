import Foundation
import Glibc
import ProgramSupport
import TestSupport
import Testing

@Suite("jobs that are not what they should be", .inTurns)
struct BadJobTests {
    private static let missingType = "The entry has no field 'type'; write XADD … type domain.verb args JSON."

    @Test func `each becomes a dead letter that says why, and the worker goes on`() async throws {
        try await Site.with { site in
            let worker = try await site.startWorker()
            for letter in try await site.addBadJobs() {
                #expect(try await site.end(of: letter.token, in: "emails") == "dead", "\(letter)")
                let found = try await site.deadLetter(letter.token, in: "emails")
                #expect(found.reason == letter.reason, "\(letter) \(found)")
                #expect(found.error.contains(letter.error), "\(letter) \(found)")
                #expect(!found.error.contains("\n"), "\(found)")
            }
            #expect(try await site.redis("ZCARD", "cw:{emails}:dead") == "8")
            #expect(try await site.redis("HLEN", "cw:{emails}:dead:jobs") == "8")
            #expect(try await site.redis("XLEN", "cw:{emails}") == "0")

            let good = try await site.add("diagnostics.noop", to: "emails")
            #expect(try await site.end(of: good, in: "emails") == "done")
            #expect(worker.isRunning)
        }
    }

    @Test func `a dead letter keeps every field its producer wrote`() async throws {
        try await Site.with { site in
            _ = try await site.startWorker()
            let fields = (1...100).flatMap { ["field \($0)", "value \($0)"] }
            let added = try await site.run(
                program: "redis-cli", site.redisWords + ["XADD", "cw:{default}", "*", "track", "600000"] + fields)
            let token = added.output.trimmingCharacters(in: .newlines)

            #expect(try await site.end(of: token) == "dead")

            let letter = try await site.deadLetter(token)
            #expect(letter == Site.DeadLetter(reason: "malformed", error: Self.missingType))
            let packed = try await site.redis("HGET", "cw:{default}:dead:jobs", token)
            #expect((1...100).allSatisfy { packed.contains("field \($0)") && packed.contains("value \($0)") })
        }
    }

    @Test func `an unknown type waits for a worker that knows it, and then runs`() async throws {
        try await Site.with { site in
            let old = try await site.start("work")
            _ = try await old.errors.first(containing: #""message":"ready""#)
            let token = try await site.add("diagnostics.noop")
            _ = try await old.errors.first("the job goes back") { $0.contains("snoozed") && $0.contains(token) }
            try await eventually("the job waits") {
                try await site.state(of: "default") == QueueState(retrying: 1)
            }
            #expect(try await old.end().exit == .code(0))

            _ = try await site.startWorker()

            #expect(try await site.end(of: token) == "done")
        }
    }

    @Test(.enabled("only root may mount a file system") { geteuid() == 0 })
    func `a full disk delays mail and loses none`() async throws {
        let configuration = """
            {
                queues: ["emails"],
                lease: { rescueEvery: "100ms" },
                pools: { main: { queues: ["emails"] } },
            }
            """
        try await Site.with(configuration) { site in
            try FileManager.default.createDirectory(atPath: site.data, withIntermediateDirectories: true)
            let mounted = try await site.run(
                program: "mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", site.data])
            try #require(mounted.exit == .code(0), "\(mounted)")
            do {
                let filled = try await site.run(
                    program: "dd", ["if=/dev/zero", "of=\(site.data)/full", "bs=4k"])
                #expect(filled.errors.contains("No space left"))
                let worker = try await site.startWorker()
                let token = try await site.add(
                    "email.send", #"{"to":"ada@school.example","subject":"Hi","text":"Hello"}"#, to: "emails")

                let line = try await worker.errors.first(containing: "A transport takes no mail")
                #expect(line.contains("No space left on device; make room on that disk."), "\(line)")
                try FileManager.default.removeItem(atPath: site.data + "/full")

                #expect(try await site.end(of: token, in: "emails") == "done")
                #expect(site.mail == ["emails.\(token).eml"])
                #expect(try await worker.end().exit == .code(0))
            } catch {
                _ = try await site.run(program: "umount", ["--lazy", site.data])
                throw error
            }
            _ = try await site.run(program: "umount", ["--lazy", site.data])
        }
    }
}

struct BadJob {
    let token: String
    let reason: String
    let error: String
}

extension Site {
    fileprivate func addBadJobs() async throws -> [BadJob] {
        func add(
            _ fields: [String], _ args: some Sequence<UInt8>, _ reason: String, _ error: String
        ) async throws -> BadJob {
            let file = try write(args, to: "args-\(UUID().uuidString)")
            let added = try await run(
                program: "redis-cli",
                ["-e"] + redisWords + ["-x", "XADD", "cw:{emails}", "*", "track", "600000"] + fields + ["args"],
                input: .file(file))
            guard added.exit == .code(0) else { throw TestFailure("\(added)") }
            return BadJob(token: added.output.trimmingCharacters(in: .newlines), reason: reason, error: error)
        }
        let mail = ["type", "email.send"]
        let tooLarge =
            Array(#"{"text":""#.utf8) + Array(repeating: UInt8(ascii: "x"), count: 10 << 20) + Array("\"}".utf8)
        let deep =
            #"{"to":"ada@school.example","subject":"Hi","text":"Hello","data":"#
            + String(repeating: #"{"a":"#, count: 10_000) + "1" + String(repeating: "}", count: 10_001)
        return [
            try await add([], "{}".utf8, "malformed", "The entry has no field 'type'"),
            try await add(["type", "send an email"], "{}".utf8, "malformed", "not a name of the form domain.verb"),
            try await add(
                mail, tooLarge, "malformed", "The args are 10485771 bytes and at most 1048576 are allowed; store"),
            try await add(mail, "{nonsense".utf8, "undecodable", "not valid JSON"),
            try await add(mail, "".utf8, "undecodable", "not valid JSON"),
            try await add(
                mail, [UInt8](#"{"to":""#.utf8) + [0xff, 0xfe] + [UInt8](#""}"#.utf8), "undecodable",
                "The args of this email.send job cannot be read"),
            try await add(mail, deep.utf8, "undecodable", "The args of this email.send job cannot be read"),
            try await add(mail, #"{"subject":"Hi"}"#.utf8, "undecodable", "the field 'to' is missing."),
        ]
    }
}
