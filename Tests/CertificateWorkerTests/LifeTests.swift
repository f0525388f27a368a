import CertificateRecord
import JobTesting
import Jobs
import TestSupport
import Testing

@testable import CertificateWorker

/// What befalls certificates once they are issued.
@Suite(.timeLimit(.minutes(2)))
struct LifeTests {
    private let ada =
        #"{"learner":"ada","name":"Ada Lovelace","course":"engine","title":"Programming","date":"2026-12-01","expires":"2099-01-01"}"#

    @Test func `a corrected name is another certificate, which takes the place of the first`() async throws {
        try await Academy.with { academy in
            let first = try await academy.issue(ada)
            let args =
                #"{"certificate":"\#(first.certificate.lowercased())","name":"Ada King","reason":"She married."}"#
            let second = try await academy.issue(args, type: "certificate.reissue", as: "2-0")
            #expect(second.new && second.number == "CW-2026-000002" && second.certificate != first.certificate)
            // A job that runs again, since nobody heard of its end.
            let again = try await academy.issue(args, type: "certificate.reissue", as: "2-0")
            #expect(again.certificate == second.certificate && !again.new)
            #expect(
                try await academy.certificates() == [
                    "ada CW-2026-1 reissued Ada Lovelace", "ada CW-2026-2 issued Ada King",
                ])
            let record = CertificateRecord(academy.client)
            let code = try #require(CertificateCode(first.certificate))
            let old = try #require(try await record.find(code))
            #expect(old.state == .reissued && old.reason == "She married.")
            #expect(try await record.events(of: old).map(\.event) == ["issued", "reissued"])
            #expect(try await record.editions(of: old).map(\.code) == [first.certificate, second.certificate])
            #expect(try await record.find(number: "CW-2026-000002")?.details.expires == "2099-01-01")
            #expect(try await record.revoked(in: 0) == [old.status.index])
            #expect(try await academy.mistakes() == [])
            // Who asks for the course's certificate gets the newest; who re-issues the old one again is told.
            #expect(try await academy.issue(ada, as: "3-0").certificate == second.certificate)
            let late = try await academy.run(args, type: "certificate.reissue", as: "4-0")
            guard case .bury(let reason) = late.outcome else { throw TestFailure("\(late.outcome)") }
            #expect(reason.contains("was replaced by \(second.certificate)"))
        }
    }

    @Test func `one that is revoked stays so, and is not issued again by itself`() async throws {
        try await Academy.with { academy in
            let first = try await academy.issue(ada)
            let revoke = #"{"certificate":"\#(first.certificate)","reason":"The exam was annulled."}"#
            for job in ["2-0", "3-0"] {
                let run = try await academy.run(revoke, type: "certificate.revoke", as: job)
                guard case .success = run.outcome else { throw TestFailure("\(run.outcome)") }
            }
            let refused = try await academy.run(ada, as: "4-0")
            guard case .bury(let reason) = refused.outcome else { throw TestFailure("\(refused.outcome)") }
            #expect(reason.contains("was revoked: to give another one, re-issue it"))
            let record = CertificateRecord(academy.client)
            let code = try #require(CertificateCode(first.certificate))
            let revoked = try #require(try await record.find(code))
            #expect(revoked.state == .revoked && revoked.reason == "The exam was annulled.")
            #expect(try await record.events(of: revoked).map(\.event) == ["issued", "revoked"])
            let again = try await academy.issue(
                #"{"certificate":"\#(first.certificate)","reason":"It was valid."}"#, type: "certificate.reissue",
                as: "5-0")
            #expect(again.new && again.number == "CW-2026-000002")
            #expect(
                try await academy.certificates() == [
                    "ada CW-2026-1 revoked Ada Lovelace", "ada CW-2026-2 issued Ada Lovelace",
                ])
        }
    }

    @Test func `one whose last day has passed is expired`() async throws {
        try await Academy.with { academy in
            let past = ada.replacing("2099-01-01", with: "2020-01-02").replacing("2026-12-01", with: "2020-01-01")
            let told = try await academy.issue(past)
            let record = CertificateRecord(academy.client)
            #expect(try await record.find(number: told.number)?.state == .expired)
            var filter = CertificateFilter()
            filter.state = .expired
            #expect(try await record.list(filter, limit: 10).map(\.code) == [told.certificate])
            filter.state = .valid
            #expect(try await record.list(filter, limit: 10).isEmpty)
        }
    }

    @Test func `a learner who is erased is nobody's name, and no number is given twice`() async throws {
        try await Academy.with { academy in
            let told = try await academy.issue(ada)
            let record = CertificateRecord(academy.client)
            let erasure = try await record.erase("ada", actor: "a person")
            #expect(erasure.certificates == 1 && erasure.files == [told.file])
            let all = try await academy.lines(
                "SELECT row_to_json(c)::text FROM coursework.certificates c UNION ALL SELECT row_to_json(e)::text FROM coursework.certificate_events e"
            )
            #expect(!all.contains { $0.contains("Ada") || $0.contains("\"ada\"") }, "\(all)")
            #expect(try await record.find(number: told.number)?.state == .revoked)
            let next = try await academy.issue(ada, as: "2-0")
            #expect(next.number == "CW-2026-000002")
        }
    }

    @Test func `a certificate that is never going to be issued gives its number back`() async throws {
        try await Academy.with { academy in
            academy.storage.failOnce(.afterWriting)
            _ = try await academy.run(ada)
            let record = CertificateRecord(academy.client)
            #expect(try await record.unfinished(olderThan: .zero).count == 1)
            let code = try #require(
                CertificateCode(try await academy.lines("SELECT code FROM coursework.certificates")[0]))
            #expect(try await record.abandon(code) == academy.files())
            #expect(try await record.abandon(code) == nil)
            #expect(try await academy.issue(ada, as: "2-0").number == "CW-2026-000001")
        }
    }

    @Test func `a cohort is a job for each of its learners`() async throws {
        try await Academy.with { academy in
            try await academy.client.query(
                """
                INSERT INTO coursework.certificate_cohorts (cohort, learner, fields)
                SELECT 'spring', 'l' || n, json_build_object('name', 'Learner ' || n) FROM generate_series(1, 1201) n
                """)
            let jobs = CapturedJobs()
            let run = try await academy.run(
                #"{"cohort":"spring","course":"engine","version":3,"fields":{"title":"Programming","date":"2026-12-01","name":"-"}}"#,
                type: "certificate.cohort", in: BatchID("default:b1"), jobs: jobs)
            guard case .success(let result) = run.outcome else { throw TestFailure("\(run.outcome)") }
            #expect(String(decoding: result.json, as: UTF8.self) == #"{"learners":1201}"#)
            let all = jobs.all.map(\.job)
            #expect(all.count == 1201 && all.allSatisfy { $0.type == "certificate.issue" })
            #expect(Set(all.compactMap { $0.idempotencyKey?.text }).count == 1201)
            #expect(
                String(decoding: all[0].args, as: UTF8.self)
                    == #"{"course":"engine","date":"2026-12-01","learner":"l1","name":"Learner 1","title":"Programming","version":3}"#
            )
            let told = try await academy.issue(String(decoding: all[0].args, as: UTF8.self))
            #expect(told.new)
        }
    }
}
