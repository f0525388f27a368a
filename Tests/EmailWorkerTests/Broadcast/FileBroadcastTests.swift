import Foundation
import JobTesting
import Jobs
import Mustache
import Storage
import Testing

@testable import EmailWorker

@Suite("A broadcast to the lines of a file", .timeLimit(.minutes(1)))
struct FileBroadcastTests {
    private let folder: TestFolder
    private let batch = BatchID(queue: "notifications", token: "summer")
    private let broadcast = Broadcast(
        mailing: "summer", recipients: "lists/summer.jsonl",
        mail: [
            "template": "reminder", "data": ["what": "Essay", "due": "soon", "url": "https://school.example"],
        ])

    init() throws { folder = try TestFolder() }

    private func run(_ broadcast: Broadcast? = nil, in test: TestJob? = nil) async throws -> (TestRun, TestJob) {
        var test = test ?? TestJob()
        test.batch = batch
        let handler = BroadcastHandler(
            client: nil, storage: FolderStorage(root: folder.path), composer: try TestComposer(folder).composer)
        return (await test.run(handler, broadcast ?? self.broadcast), test)
    }

    private func write(_ lines: [String]) throws {
        try folder.write(["lists/summer.jsonl": lines.joined(separator: "\n")])
    }

    private func lines(_ count: Int) -> [String] {
        (1...count).map { #"{"address":"Reader <r\#($0)@school.example>","data":{"name":"R\#($0)"},"locale":"de-AT"}"# }
    }

    @Test func `each line is a mail, and a portion is remembered`() async throws {
        try write(lines(1200) + [""])
        let (run, test) = try await run()
        #expect(run.outcome.result.map { String(decoding: $0.json, as: UTF8.self) } == #"{"recipients":1200}"#)
        let mails = try test.jobs.payloads(of: SendEmail.self)
        try #require(mails.count == 1200)
        #expect(mails.map(\.to.addresses) == (1...1200).map { ["Reader <r\($0)@school.example>"] })
        #expect(mails.allSatisfy { $0.key == "mailing:summer" && $0.locale == "de-AT" && $0.template == "reminder" })
        #expect(mails[6].data == ["what": "Essay", "due": "soon", "url": "https://school.example", "name": "R7"])
        #expect(run.checkpoints.count == 3 && run.progress.last == 1)
        #expect(try run.checkpoint(as: BroadcastPosition.self)?.lines == 1200)
    }

    @Test func `it goes on behind its last portion, and reads no line before it again`() async throws {
        try write(lines(1200))
        let whole = try await run()
        var test = TestJob()
        test.checkpoint = whole.0.checkpoints[0]
        try write(["nonsense" + lines(1)[0].dropFirst(8)] + lines(1200).dropFirst())
        let (again, rest) = try await run(in: test)
        #expect(again.outcome.isSuccess, "\(again.outcome)")
        #expect(try rest.jobs.payloads(of: SendEmail.self).first?.to.addresses == ["Reader <r501@school.example>"])
        #expect(rest.jobs.all.count == 700)
    }

    @Test
    func `blank lines, carriage returns and an end without a line break are no mistakes, and nobody is there twice`()
        async throws
    {
        try write([
            #"{"address":"ada@school.example"}"# + "\r", "", "  \r", #" {"address":"bob@school.example"} "#,
            #"{"address":"ADA@school.example","data":{}}"#,
        ])
        let (run, test) = try await run()
        #expect(run.outcome.isSuccess, "\(run.outcome)")
        #expect(
            try test.jobs.payloads(of: SendEmail.self).map(\.to.addresses) == [
                ["ada@school.example"], ["bob@school.example"],
            ])
    }

    @Test(arguments: [
        ("-", "it is no JSON object such as"), ("[]", "it is no JSON object such as"),
        (#"{"email":"a@h.example"}"#, "it is no JSON object such as"),
        (#"{"address":7}"#, "it is no JSON object such as"),
        (#"{"address":"a@h.example","data":[1]}"#, "it is no JSON object such as"),
        (#"{"address":"a@h.example"#, "it is no JSON object such as"),
        (#"{"address":"a@h.example","data":[*100000"#, "it is no JSON object such as"),
        (#"{"address":"nobody"}"#, "A mail address has no '@'."),
        (#"{"address":"a@h.example\r\nBcc: b@h.example"}"#, "holds a line break"),
        (#"{"address":"a@h.example","locale":"../../etc"}"#, "is no locale"),
        (#"{"address":"a@h.example","data":{"x":"x*140000"}}"#, "longer than 131072"),
        ("x*600000", "longer than 131072"), ("\u{0}", "it is no JSON object such as"),
    ])
    func `a line that is broken is named before anybody gets a mail`(line: String, message: String) async throws {
        try write(lines(600) + [Self.repeated(line)] + lines(3))
        let (run, test) = try await run()
        let burial = try #require(run.outcome.burial)
        #expect(burial.hasPrefix("Line 601 of the file lists/summer.jsonl cannot be used: "))
        #expect(burial.contains(message))
        #expect(test.jobs.all.isEmpty && run.checkpoints.isEmpty)
    }

    /// Writes `x*3` as `xxx`.
    private static func repeated(_ line: String) -> String {
        line.replacing(/(.)\*(\d+)/) { String(repeating: String($0.1), count: Int($0.2) ?? 0) }
    }

    @Test func `what is no text is a broken line`() async throws {
        let bytes = Data(#"{"address":"a"#.utf8) + Data([0xFF, 0xFE]) + Data(#"@h.example"}"#.utf8)
        try folder.write(["lists/x": ""])
        try bytes.write(to: URL(fileURLWithPath: folder.path + "/lists/summer.jsonl"))
        #expect(try await run().0.outcome.burial?.hasPrefix("Line 1 of the file") == true)
    }

    @Test(arguments: [
        ("../secret", "is no key in the storage"), ("lists/absent.jsonl", "There is no file 'lists/absent.jsonl'"),
        ("lists", "There is no file 'lists'"), ("lists/empty", "names no recipients"),
    ])
    func `a file that is none is told`(key: String, message: String) async throws {
        try folder.write(["lists/empty": "\n\n"])
        var broadcast = broadcast
        broadcast.recipients = key
        #expect(try await run(broadcast).0.outcome.burial?.contains(message) == true)
    }

    @Test func `a mail that cannot be made is told once, and not to each reader`() async throws {
        try write(lines(3))
        for (mail, message) in [
            (["template": "remidner"] as [String: MustacheValue], "There is no template 'remidner'"),
            (["template": "reminder"], "'what' is missing in the data"), (["subject": "Hi"], "says nothing"),
            (["template": "reminder", "to": "a@h.example"], "must not name its recipients"),
        ] {
            var broadcast = broadcast
            broadcast.mail = mail
            let (run, test) = try await run(broadcast)
            #expect(run.outcome.burial?.contains(message) == true, "\(run.outcome)")
            #expect(test.jobs.all.isEmpty)
        }
    }

    @Test func `without a file and a database it says what to do`() async throws {
        var broadcast = broadcast
        broadcast.recipients = nil
        #expect(try await run(broadcast).0.outcome.burial?.contains("set DATABASE_URL, or name a file") == true)
    }
}
