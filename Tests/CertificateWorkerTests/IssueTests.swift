import Foundation
import JobTesting
import Jobs
import TestSupport
import Testing

@testable import CertificateWorker

@Suite(.timeLimit(.minutes(2)))
struct IssueTests {
    private let ada =
        #"{"learner":"ada","name":"Ada Lovelace","course":"engine","title":"Programming","date":"2026-12-01","mail":{"to":"ada@school.example"}}"#

    /// Only when it is drawn it is seen that this has no room.
    private static let endless = String(repeating: "W", count: 300)

    @Test func `a certificate is a row, a file, its history and a mail`() async throws {
        try await Academy.with { academy in
            let told = try await academy.issue(ada)
            #expect(told.new && told.number == "CW-2026-000001")
            #expect(told.certificate.wholeMatch(of: /([0-9A-Z]{4}-){3}[0-9A-Z]{4}/) != nil)
            #expect(told.url == "https://school.example/certificates/\(told.certificate)")
            #expect(try await academy.certificates() == ["ada CW-2026-1 issued Ada Lovelace"])
            #expect(try academy.files() == [told.file])
            let history = try await academy.lines(
                "SELECT concat_ws(' ', event, actor) FROM coursework.certificate_events")
            #expect(history == ["issued default:1-0"])
            let mails = try await academy.lines("SELECT args::text FROM coursework.outbox WHERE type = 'email.send'")
            let mail = try #require(mails.first)
            #expect(mails.count == 1)
            for part in [
                #""key":"certificate:\#(told.certificate)""#, #""key":"\#(told.file)","name":"CW-2026-000001.pdf""#,
                #""to":"ada@school.example""#, #""template":"certificate-issued""#, #""date":"1 December 2026""#,
            ] { #expect(mail.contains(part), "\(mail)") }
            #expect(try await academy.mistakes() == [])
        }
    }

    @Test func `the same again is the one there is`() async throws {
        try await Academy.with { academy in
            let first = try await academy.issue(ada)
            let second = try await academy.issue(ada.replacing("Ada Lovelace", with: "Ada King"), as: "2-0")
            #expect(!second.new && second.certificate == first.certificate && second.file == first.file)
            #expect(try await academy.lines("SELECT count(*)::text FROM coursework.outbox") == ["1"])
            #expect(try await academy.mistakes() == [])
        }
    }

    @Test func `64 requests at once, on two workers, are one certificate`() async throws {
        try await Academy.with { academy in
            let workers = try [academy.worker(), academy.worker()]
            let codes = try await withThrowingTaskGroup(of: Academy.Told.self) { group in
                for number in 0..<64 {
                    group.addTask {
                        while true {
                            let run = try await academy.run(ada, as: "\(number)-0", on: workers[number % 2])
                            if case .snooze = run.outcome { continue }
                            guard case .success(let result) = run.outcome else { throw TestFailure("\(run.outcome)") }
                            return try JSONDecoder().decode(Academy.Told.self, from: Data(result.json))
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(Set(codes.map(\.certificate)).count == 1 && codes.count { $0.new } == 1)
            #expect(try await academy.lines("SELECT count(*)::text FROM coursework.outbox") == ["1"])
            #expect(try await academy.certificates() == ["ada CW-2026-1 issued Ada Lovelace"])
            #expect(try await academy.mistakes() == [])
        }
    }

    @Test func `many at once are numbered without a gap, though some cannot be drawn`() async throws {
        try await Academy.with { academy in
            let workers = try [academy.worker(), academy.worker()]
            let outcomes = try await withThrowingTaskGroup(of: Outcome.self) { group in
                for number in 0..<60 {
                    group.addTask {
                        let name = number % 5 == 0 ? Self.endless : "Learner \(number)"
                        return try await academy.run(
                            #"{"learner":"l\#(number)","name":"\#(name)","course":"engine","title":"Programming","template":"minimal"}"#,
                            as: "\(number)-0", on: workers[number % 2]
                        ).outcome
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let buried = outcomes.compactMap { if case .bury(let reason) = $0 { reason } else { nil } }
            #expect(buried.count == 12 && buried.allSatisfy { $0.contains("too long for its box") }, "\(buried)")
            _ = try await academy.issue(ada, as: "99-0")
            let numbers = try await academy.lines(
                """
                SELECT (max(last) - (SELECT count(*) FROM coursework.certificate_free_numbers))::text
                FROM coursework.certificate_series
                """)
            #expect(numbers == ["49"])
            #expect(try await academy.mistakes() == [])
        }
    }

    @Test func `a number that was given back is the next one's`() async throws {
        try await Academy.with { academy in
            _ = try await academy.issue(ada)
            let hieroglyphs = ada.replacing("\"ada\"", with: "\"seti\"").replacing("Ada Lovelace", with: Self.endless)
            let refused = try await academy.run(hieroglyphs, as: "2-0")
            guard case .bury = refused.outcome else { throw TestFailure("\(refused.outcome)") }
            let next = try await academy.issue(ada.replacing("\"ada\"", with: "\"grace\""), as: "3-0")
            #expect(next.number == "CW-2026-000002")
            #expect(try await academy.mistakes() == [])
        }
    }

    @Test(arguments: [StubbornStorage.Fault.beforeWriting, .afterWriting])
    func `an attempt that fails leaves neither a hole nor an orphan behind`(fault: StubbornStorage.Fault) async throws {
        try await Academy.with { academy in
            academy.storage.failOnce(fault)
            let first = try await academy.run(ada)
            guard case .snooze = first.outcome else { throw TestFailure("\(first.outcome)") }
            let reserved = try await academy.lines("SELECT code FROM coursework.certificates WHERE state = 'issuing'")
            #expect(try academy.files().count == (fault == .afterWriting ? 1 : 0))
            // Another job waits for the one that is at it.
            let other = try await academy.run(ada, as: "2-0")
            guard case .snooze = other.outcome else { throw TestFailure("\(other.outcome)") }
            let second = try await academy.issue(ada)
            #expect(second.new && [second.certificate] == reserved)
            #expect(try await academy.mistakes() == [])
        }
    }

    @Test func `what was left by a job that is gone is finished by the next one`() async throws {
        try await Academy.with { academy in
            academy.storage.failOnce(.afterWriting)
            _ = try await academy.run(ada)
            try await academy.client.query(
                "UPDATE coursework.certificates SET reserved_at = now() - interval '10 minutes'")
            let told = try await academy.issue(ada, as: "2-0")
            #expect(told.new && told.number == "CW-2026-000001")
            // The first one's file is nobody's, and known as such.
            #expect(try await academy.lines("SELECT job FROM coursework.certificate_files") == ["default:1-0"])
            #expect(try academy.files().count == 2)
        }
    }

    @Test func `the course and the learner are found in their tables`() async throws {
        try await Academy.with { academy in
            try await academy.client.transaction { transaction in
                try transaction.script(
                    """
                    INSERT INTO coursework.certificate_courses (course, version, title, valid_months, template, instructor)
                    VALUES ('engine', 1, 'Old', NULL, NULL, NULL), ('engine', 2, 'Programmieren', 13, 'modern', 'Charles Babbage');
                    INSERT INTO coursework.certificate_learners VALUES ('ada', 'Ada Lovelace', 'de', '{"to":"ada@school.example"}');
                    """)
            }
            let args =
                #"{"learner":"ada","course":"engine","quiz":"q","attempt":1,"points":"7","maxPoints":"8","fraction":"0.875","passed":true,"letter":null,"date":"2028-01-31"}"#
            let told = try await academy.issue(args)
            #expect(told.number == "CW-2028-000001")
            let rows = try await academy.lines(
                """
                SELECT concat_ws(' | ', version, content ->> 'title', content ->> 'name', content ->> 'template', expires_on,
                    content ->> 'language', content ->> 'grade', content ->> 'instructor', content ->> 'address')
                FROM coursework.certificates
                """)
            #expect(
                rows == [
                    "2 | Programmieren | Ada Lovelace | modern | 2029-02-28 | de | 87.5 % | Charles Babbage | ada@school.example"
                ])
            let old = try await academy.issue(#"{"learner":"ada","course":"engine","version":1}"#, as: "2-0")
            #expect(old.new && old.certificate != told.certificate)
        }
    }

    @Test(arguments: [
        (#"{"learner":"ada"}"#, "names no course"),
        (#"{"learner":"","course":"c"}"#, "'learner' must have 1 to 255 bytes"),
        (#"{"learner":"a\u0000b","course":"c"}"#, "'learner' must have 1 to 255 bytes"),
        (#"{"learner":"a","course":"c","version":0}"#, "version must be a number from 1"),
        (#"{"learner":"erased:1","course":"c"}"#, "must not begin with 'erased:'"),
        (#"{"learner":"a","course":"c","name":"N","title":"T","mail":{"locale":"de"}}"#, "'mail' has no 'to'"),
        (#"{"learner":"a","course":"c","name":"N","title":"T","criteria":"\u0000"}"#, "'criteria' must have at most"),
        (#"{"learner":"a","course":"c","title":"T"}"#, "The learner's name is not known"),
        (#"{"learner":"a","course":"c","name":"N"}"#, "The course's title is not known"),
        (#"{"learner":"a","course":"c","name":"\u0007","title":"T"}"#, "The learner's name is empty"),
        (#"{"learner":"a","course":"c","name":"N","title":"T","date":"2026-02-30"}"#, "'date' is no day"),
        (
            #"{"learner":"a","course":"c","name":"N","title":"T","date":"2026-02-03","expires":"2026-02-02"}"#,
            "'expires' is before the date of issue"
        ),
        (#"{"learner":"a","course":"c","name":"N","title":"T","template":"none"}"#, "cannot be read"),
        (#"{"learner":"a","course":"c","name":"N","title":"T","template":"../x"}"#, "template"),
        (#"{"learner":"a","course":"c","name":"N","title":"T","page":"A0"}"#, "'page' is no paper"),
        (
            #"{"learner":"a","course":"c","name":"N","title":"T","instructor":"I","signature":"../s"}"#,
            "no key in the storage"
        ),
        (
            #"{"learner":"a","course":"c","name":"N","title":"T","instructor":"I","signature":"s.png"}"#,
            "There is no signature 's.png'"
        ),
    ])
    func `what cannot be issued is said in a sentence, and takes no number`(args: String, problem: String) async throws
    {
        try await Academy.with { academy in
            let run = try await academy.run(args)
            guard case .bury(let reason) = run.outcome else { throw TestFailure("\(run.outcome)") }
            #expect(reason.contains(problem), "\(reason)")
            #expect(try await academy.lines("SELECT series FROM coursework.certificate_series") == [])
            #expect(try await academy.certificates() == [])
        }
    }
}
