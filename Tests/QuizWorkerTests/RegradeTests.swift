import JobTesting
import Jobs
import PostgresClient
import TestSupport
import Testing

@testable import QuizWorker

@Suite(.timeLimit(.minutes(2)))
struct RegradeTests {
    private static let ten = ["speed": #"{"value":"10"}"#]
    private static let eleven = ["speed": #"{"value":"11"}"#]

    /// Ada answered as version 1 has it, Bob as version 2.
    private func withTwo(_ body: (QuizSite) async throws -> Void) async throws {
        try await withQuiz { site, _ in
            try await site.add(version: 2, QuizSite.document(version: 2, answer: 11))
            try await site.grade(try await site.submit("ada", Self.ten))
            try await site.grade(try await site.submit("bob", Self.eleven))
            try await site.client.query("DELETE FROM coursework.outbox")
            try await body(site)
        }
    }

    private func changes(_ site: QuizSite) async throws -> [String] {
        try await site.lines(
            """
            SELECT concat_ws(' ', learner, from_points, from_passed, to_points, to_passed, error)
            FROM coursework.quiz_regrade_changes JOIN coursework.quiz_attempts ON id = attempt ORDER BY regrade, learner
            """)
    }

    @Test func `a dry run only lists what would change`() async throws {
        try await withTwo { site in
            let before = try await site.statistics()
            let run = await site.regrade(RegradeQuiz(quiz: QuizSite.quiz, version: 2, dryRun: true))
            #expect(run.outcome.isSuccess, "\(run.outcome)")
            #expect(try await changes(site) == ["ada 2 t 0 f", "bob 0 f 2 t"])
            #expect(try await site.grades() == ["ada 1 graded 2 v1 r1", "bob 1 graded 0 v1 r1"])
            #expect(try await site.statistics() == before)
            #expect(try await site.followUps() == [:])
            #expect(try await site.history() == [])
            let late = try await site.submit("cyd", Self.ten)
            #expect(try await site.grade(late).version == 1)
        }
    }

    @Test func `a regrade changes grades, keeps the former ones and holds for late submissions`() async throws {
        try await withTwo { site in
            let late = try await site.submit("cyd", Self.eleven)
            let run = await site.regrade(RegradeQuiz(quiz: QuizSite.quiz, version: 2, reason: "The key was wrong."))
            #expect(run.outcome.isSuccess && run.progress.last == 1, "\(run.outcome)")
            try await site.grade(late)
            #expect(
                try await site.grades() == [
                    "ada 1 graded 0 v2 r2", "bob 1 graded 2 v2 r2", "cyd 1 graded 2 v2 r1",
                ])
            #expect(try await site.finals() == ["ada 0 3 f t 1", "bob 2 3 t t 1", "cyd 2 3 t t 1"])
            #expect(
                try await site.history().map { $0.drop { $0 != " " } } == [
                    " 2 graded v1 r1 The key was wrong.", " 0 graded v1 r1 The key was wrong.",
                ])
            #expect(try await changes(site) == ["ada 2 t 0 f", "bob 0 f 2 t"])
            // Nobody is written to unless the regrade says so, and only Bob and Cyd passed for the first time.
            let follow = try await site.followUps()
            #expect(follow == ["quiz.graded": 3, "progress.update": 3, "certificate.issue": 2, "email.send": 1])
            #expect(try await site.statistics().filter { $0.hasPrefix("total") } == ["total 2 t 0 1", "total 2 t 2 2"])
            let again = await site.regrade(RegradeQuiz(quiz: QuizSite.quiz, version: 2), as: "10-0")
            #expect(again.outcome.isSuccess)
            #expect(try await site.history().count == 2)
            #expect(try await site.followUps() == follow)
        }
    }

    @Test func `a question is dropped by a new version`() async throws {
        try await withTwo { site in
            let document = QuizSite.document(version: 3).replacing(
                #""id": "speed","#, with: #""id": "speed", "correction": "drop","#)
            try await site.add(version: 3, document)
            _ = await site.regrade(RegradeQuiz(quiz: QuizSite.quiz, version: 3, mail: true))
            #expect(try await changes(site) == ["ada 2 t 0 f", "bob 0 f 0 f"])
            #expect(try await site.followUps()["email.send"] == 2)
        }
    }

    @Test func `a course is regraded by the current versions of its quizzes`() async throws {
        try await withTwo { site in
            try await site.client.query("UPDATE coursework.quizzes SET version = 2")
            let other = QuizSite.document().replacing(#""id": "physics""#, with: #""id": "other""#)
            try await site.add(quiz: "other", other)
            let run = await site.regrade(RegradeQuiz(course: "c"))
            #expect(run.outcome.isSuccess, "\(run.outcome)")
            let rows = try await site.lines(
                "SELECT concat_ws(' ', quiz, version, state, attempts, graded, changed) FROM coursework.quiz_regrades ORDER BY quiz"
            )
            #expect(rows == ["other 1 done 0 0 0", "physics 2 done 2 2 2"])
        }
    }

    @Test(arguments: [
        (RegradeQuiz(), "either"), (RegradeQuiz(quiz: "physics", version: 9), "There is no version 9"),
        (RegradeQuiz(quiz: "none"), "There is no quiz"), (RegradeQuiz(course: "none"), "has no quizzes"),
        (RegradeQuiz(version: 1, course: "c"), "leave 'version' out"), (RegradeQuiz(quiz: "a\0"), "zero byte"),
    ])
    func `what cannot be regraded is buried with a sentence`(payload: RegradeQuiz, reason: String) async throws {
        try await withQuiz { site, _ in
            let run = await site.regrade(payload)
            #expect(run.outcome.burial?.contains(reason) == true, "\(run.outcome)")
            let rows = try await site.lines("SELECT id::text FROM coursework.quiz_regrades")
            #expect(rows == [])
        }
    }

    @Test func `32 regrades of one attempt at once change it once`() async throws {
        try await withTwo { site in
            await withDiscardingTaskGroup { group in
                for number in 0..<32 {
                    group.addTask {
                        // Half of them are deliveries of the same job.
                        let job = number.isMultiple(of: 2) ? "7-0" : "7-\(number)"
                        let payload = RegradeQuiz(quiz: QuizSite.quiz, version: 2)
                        var run = await site.regrade(payload, as: job)
                        // One that got no connection in time comes back.
                        while case .snooze = run.outcome { run = await site.regrade(payload, as: job) }
                        #expect(run.outcome.isSuccess, "\(run.outcome)")
                    }
                }
            }
            let grades = try await site.grades()
            #expect(grades == ["ada 1 graded 0 v2 r2", "bob 1 graded 2 v2 r2"])
            #expect(try await site.history().count == 2)
            #expect(try await site.followUps()["quiz.graded"] == 2)
            #expect(try await changes(site).count == 2)
            #expect(try await site.statistics().filter { $0.hasPrefix("total") } == ["total 2 t 0 1", "total 2 t 2 1"])
        }
    }

    @Test func `an interrupted regrade goes on where it was, and a cancelled one ends`() async throws {
        try await withTwo { site in
            try await site.addGraded(248)
            var interrupted = TestJob(id: JobID("default:9-0")!)
            interrupted.isTakenAway = true
            let payload = RegradeQuiz(quiz: QuizSite.quiz, version: 2)
            let first = await interrupted.run(RegradeQuizHandler(grader: site.grader), payload)
            #expect(first.error is JobTakenAway)
            let state = "SELECT concat_ws(' ', state, attempts, graded, changed) FROM coursework.quiz_regrades"
            #expect(try await site.lines(state) == ["running 250 100 100"])
            _ = await site.regrade(payload)
            #expect(try await site.lines(state) == ["done 250 250 250"])
            #expect(try await site.history().count == 250)

            try await site.add(version: 3, QuizSite.document(version: 3))
            let other = RegradeQuiz(quiz: QuizSite.quiz, version: 3)
            interrupted.id = JobID("default:10-0")!
            _ = await interrupted.run(RegradeQuizHandler(grader: site.grader), other)
            try await site.client.query("UPDATE coursework.quiz_regrades SET state = 'cancelled' WHERE version = 3")
            let last = await site.regrade(other, as: "10-0")
            guard case .discard = last.outcome else { throw TestFailure("\(last.outcome)") }
            #expect(try await site.history().count == 350)
        }
    }

    @Test func `a regrade whose job is cancelled says so`() async throws {
        try await withTwo { site in
            try await site.addGraded(248)
            var job = TestJob(id: JobID("default:9-0")!)
            job.isCancelledForGood = true
            let run = Task { [job] in
                // Cancelled before it begins, as a job is that a person cancels at its first step.
                withUnsafeCurrentTask { $0?.cancel() }
                return await job.run(
                    RegradeQuizHandler(grader: site.grader), RegradeQuiz(quiz: QuizSite.quiz, version: 2))
            }
            #expect(await run.value.error is CancellationError)
            let payload = RegradeQuiz(quiz: QuizSite.quiz, version: 2)
            job.isCancelledForGood = false
            job.isTakenAway = true
            _ = await job.run(RegradeQuizHandler(grader: site.grader), payload)
            let state = "SELECT concat_ws(' ', state, graded, ended_at IS NOT NULL) FROM coursework.quiz_regrades"
            #expect(try await site.lines(state) == ["running 100 f"])
            job.isCancelledForGood = true
            _ = await job.run(RegradeQuizHandler(grader: site.grader), payload)
            #expect(try await site.lines(state) == ["cancelled 200 t"])
        }
    }

    @Test func `submissions under way when a regrade begins are graded by its version`() async throws {
        try await withTwo { site in
            var attempts: [Int] = []
            for number in 0..<60 { attempts.append(try await site.submit("l\(number)", Self.eleven)) }
            await withDiscardingTaskGroup { group in
                for (place, attempt) in attempts.enumerated() {
                    group.addTask {
                        let graded = try? await site.grade(attempt)
                        #expect(graded != nil)
                    }
                    guard place == 30 else { continue }
                    group.addTask {
                        let run = await site.regrade(RegradeQuiz(quiz: QuizSite.quiz, version: 2))
                        #expect(run.outcome.isSuccess)
                    }
                }
            }
            let versions = try await site.lines("SELECT DISTINCT version::text FROM coursework.quiz_grades")
            #expect(versions == ["2"])
            #expect(
                try await site.statistics().filter { $0.hasPrefix("total") } == ["total 2 t 0 1", "total 2 t 2 61"])
        }
    }
}

extension QuizSite {
    /// Hands in and grades many attempts.
    func addGraded(_ count: Int) async throws {
        try await client.transaction {
            try $0.script(
                """
                INSERT INTO coursework.quiz_attempts (quiz, version, learner)
                SELECT '\(Self.quiz)', 1, 'many' || n FROM generate_series(1, \(count)) AS n;
                INSERT INTO coursework.quiz_responses SELECT id, 'speed', '{"value":"11"}' FROM coursework.quiz_attempts
                WHERE learner LIKE 'many%';
                UPDATE coursework.quiz_attempts SET state = 'submitted' WHERE learner LIKE 'many%';
                """)
        }
        let ids = try await client.query("SELECT id FROM coursework.quiz_attempts WHERE learner LIKE 'many%'")
            .map { try $0["id"] as Int }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for id in ids { group.addTask { _ = try await grade(id) } }
            try await group.waitForAll()
        }
    }
}
