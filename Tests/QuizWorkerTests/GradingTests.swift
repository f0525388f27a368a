import JobTesting
import Jobs
import Platform
import PostgresClient
import QuizScoring
import TestSupport
import Testing

@testable import QuizWorker

@Suite(.timeLimit(.minutes(2)))
struct GradingTests {
    private static let right = ["speed": #"{"value":"10"}"#, "unit": #"{"value":"m/s"}"#]
    private static let half = ["speed": #"{"value":"10"}"#, "unit": #"{"value":"km/h"}"#]

    @Test func `a submission of the web tier is graded, with all that follows`() async throws {
        try await withQuiz { site, _ in
            let attempt = try await site.submit("ada", Self.half)
            let run = await TestJob().run(
                GradeSubmissionHandler(grader: site.grader), GradeSubmission(attempt: attempt))
            #expect(run.outcome.isSuccess, "\(run.outcome)")

            #expect(try await site.grades() == ["ada 1 graded 2 v1 r1"])
            #expect(try await site.finals() == ["ada 2 3 t t 1"])
            let text = try await site.lines(
                "SELECT explanation #>> '{explanations,0,text}' FROM coursework.quiz_grades")
            #expect(text.first?.hasPrefix("2 of 2 points.") == true)
            #expect(try await site.lines("SELECT state FROM coursework.quiz_attempts") == ["graded"])
            #expect(try await site.lines("SELECT key FROM coursework.effects") == ["quiz:attempt:\(attempt):v1:m0"])
            let all = ["quiz.graded": 1, "email.send": 1, "progress.update": 1, "certificate.issue": 1]
            #expect(try await site.followUps() == all)
            let mail = try await site.lines("SELECT args::text FROM coursework.outbox WHERE type = 'email.send'")
            #expect(
                mail == [
                    #"{"data":{"max":3,"name":"Ada","noPassMark":false,"passed":true,"percent":66.7,"quiz":"Speed","score":2},"key":"quiz-result:\#(attempt):1","template":"quiz-result","to":"ada@school.example"}"#
                ])
            #expect(
                try await site.statistics() == [
                    "item 1 t speed 1 2 4 0 0 0", "item 1 t unit 1 0 0 2 4 0", "response 1 t speed  10 1",
                    "response 1 t unit  km/h 1", "total 1 t 2 1",
                ])
        }
    }

    @Test func `the quiz says what follows its grades`() async throws {
        try await withQuiz(follows: FollowUps()) { site, _ in
            try await site.grade(try await site.submit("ada", Self.right))
            #expect(try await site.followUps() == ["email.send": 1])
            try await site.client.query(#"UPDATE coursework.quizzes SET follows = '{"mail":false,"event":true}'"#)
            try await site.grade(try await site.submit("bob", Self.right))
            #expect(try await site.followUps() == ["email.send": 1, "quiz.graded": 1])
        }
    }

    @Test func `a payload brings its rows along, once`() async throws {
        try await withQuiz { site, _ in
            let submission = Submission(
                quiz: QuizSite.quiz, startedAt: 1_795_270_000, submittedAt: 1_795_273_000,
                responses: ["speed": Response("10"), "unit": Response(nil, tries: ["m", "m/s"], certainty: 2)])
            let handler = GradeSubmissionHandler(grader: site.grader)
            let payload = GradeSubmission(learner: "ada", submission: submission)
            await withDiscardingTaskGroup { group in
                for _ in 0..<8 {
                    group.addTask {
                        let run = await TestJob.run(handler, payload)
                        #expect(run.outcome.isSuccess, "\(run.outcome)")
                    }
                }
            }
            #expect(try await site.grades() == ["ada 1 graded 2 v1 r1"])
            #expect(try await site.followUps()["quiz.graded"] == 1)
            let responses = try await site.lines("SELECT question FROM coursework.quiz_responses ORDER BY 1")
            #expect(responses == ["speed", "unit"])

            var other = submission
            other.responses["speed"] = Response("11")
            let run = await TestJob.run(handler, GradeSubmission(learner: "ada", submission: other))
            #expect(run.outcome.burial?.contains("was handed in before with something else") == true)
            #expect(try await site.grades() == ["ada 1 graded 2 v1 r1"])
        }
    }

    @Test(arguments: [
        (#"{}"#, "must have either"),
        (#"{"attempt":1,"learner":"a"}"#, "must have either"),
        (#"{"attempt":99}"#, "There is no attempt 99."),
        (#"{"attempt":9223372036854775807}"#, "There is no attempt"),
        (#"{"learner":"a","submission":{"quiz":"physics","version":7,"responses":{}}}"#, "There is no version 7"),
        (#"{"learner":"a\u0000","submission":{"quiz":"physics","version":1,"responses":{}}}"#, "1 to 255 characters"),
        (#"{"learner":"a","submission":{"quiz":"phy\u0000","version":1,"responses":{}}}"#, "There is no version"),
        (
            #"{"learner":"a","submission":{"quiz":"physics","version":99999999999,"responses":{}}}"#,
            "There is no version"
        ),
        (
            #"{"learner":"a","submission":{"quiz":"physics","version":1,"responses":{"x\u0000":{"value":"1"}}}}"#,
            "no question of the quiz"
        ),
        (#"{"learner":"a","submission":{"quiz":"physics","version":1,"seed":-1,"responses":{}}}"#, "'seed' must be"),
        (
            #"{"learner":"a","submission":{"quiz":"physics","version":1,"startedAt":9e17,"responses":{}}}"#,
            "times must be seconds"
        ),
        (#"{"learner":"a","submission":{"quiz":"physics","version":1,"responses":{"speed":5}}}"#, "responses.speed"),
    ])
    func `bad input is buried with a sentence`(args: String, reason: String) async throws {
        try await withQuiz { site, _ in
            var registry = JobRegistry()
            registry.register(GradeSubmissionHandler(grader: site.grader))
            let job = try #require(registry[GradeSubmission.type])
            let run = await TestJob().run(job, args: Array(args.utf8))
            #expect(run.outcome.burial?.contains(reason) == true, "\(run.outcome)")
            #expect(try await site.lines("SELECT count(*)::text FROM coursework.quiz_attempts") == ["0"])
        }
    }

    @Test func `what a learner wrote earns nothing, and what a program spoiled is buried`() async throws {
        try await withQuiz { site, _ in
            let hostile = try await site.submit("eve", ["unit": #"{"value":"\u0000'); DROP TABLE x; --"}"#])
            #expect(try await site.grade(hostile).points == 0)
            let spoiled = try await site.submit("sid", ["unit": #"{"wrong":1}"#])
            await #expect(throws: GradingRefusal.self) { try await site.grade(spoiled) }
            let early = try await site.submit("tim", [:])
            try await site.client.query(
                "UPDATE coursework.quiz_attempts SET state = 'in_progress' WHERE id = $1", [.integer(early)])
            await #expect(throws: GradingRefusal.self) { try await site.grade(early) }
        }
    }

    @Test func `many deliveries at once grade each attempt once`() async throws {
        try await withQuiz { site, postgres in
            let other = QuizSite(postgres.newClient())
            var attempts: [Int] = []
            for number in 1...20 {
                attempts.append(try await site.submit("l\(number % 4)", number: number, Self.right))
            }
            await withDiscardingTaskGroup { group in
                for delivery in 0..<32 {
                    for attempt in attempts.shuffled() {
                        group.addTask {
                            let site = delivery.isMultiple(of: 2) ? site : other
                            let summary = try? await site.grade(attempt, as: "\(attempt)-\(delivery)")
                            #expect(summary?.points == 3 && summary?.revision == 1)
                        }
                    }
                }
            }
            #expect(try await site.grades().allSatisfy { $0.hasSuffix("graded 3 v1 r1") })
            #expect(try await site.history() == [])
            #expect(try await site.followUps()["quiz.graded"] == 20)
            #expect(try await site.followUps()["certificate.issue"] == 4)
            #expect(try await site.statistics().contains("total 1 f 3 19"))
            #expect(try await site.lines("SELECT count(*)::text FROM coursework.effects") == ["20"])
            other.client.close()
        }
    }

    @Test func `one that the database refuses takes nobody along`() async throws {
        try await withQuiz { site, _ in
            var attempts: [Int] = []
            for number in 1...12 { attempts.append(try await site.submit("l\(number)", Self.right)) }
            let bad = attempts[5]
            try await site.client.transaction {
                try $0.script(
                    """
                    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
                    CREATE TRIGGER refuse BEFORE INSERT ON coursework.quiz_grades FOR EACH ROW
                        WHEN (NEW.attempt = \(bad)) EXECUTE FUNCTION refuse();
                    """)
            }
            await withDiscardingTaskGroup { group in
                for attempt in attempts {
                    group.addTask {
                        let isGraded = (try? await site.grade(attempt)) != nil
                        #expect(isGraded == (attempt != bad))
                    }
                }
            }
            #expect(try await site.grades().count == 11)
            #expect(try await site.followUps()["quiz.graded"] == 11)
        }
    }

    @Test(arguments: [true, false])
    func `cut off around COMMIT, it is found out`(isDone: Bool) async throws {
        try await withQuiz { site, postgres in
            let proxy = try FaultProxy(to: postgres.configuration)
            defer { proxy.stop() }
            let client = PostgresClient(proxy.configuration, name: "cut", loop: postgres.loop)
            defer { client.close() }
            let attempt = try await site.submit("ada", Self.right)
            proxy.set(isDone ? .cutAnswer(containing: "COMMIT\0") : .cutRequest(containing: "COMMIT\0"))
            let cut = QuizSite(client)
            let task = Task { try await cut.grade(attempt) }
            try await eventually("it was cut off") { proxy.cuts >= 2 }
            proxy.set(.none)
            #expect(try await task.value.points == 3)
            #expect(try await site.followUps()["quiz.graded"] == 1)
            #expect(try await site.grades() == ["ada 1 graded 3 v1 r1"])
        }
    }

    @Test func `an essay waits for its mark, and a later mark makes history`() async throws {
        try await withQuiz(QuizSite.document(more: QuizSite.essay)) { site, _ in
            let attempt = try await site.submit("ada", Self.right.merging(["why": #"{"value":"Because."}"#]) { $1 })
            #expect(try await site.grade(attempt).status == "awaiting_person")
            #expect(try await site.lines("SELECT state FROM coursework.quiz_attempts") == ["awaiting_person"])
            #expect(try await site.finals() == ["ada f 0"])
            #expect(try await site.followUps() == ["quiz.graded": 1, "progress.update": 1])

            try await site.mark(attempt, "why", #"{"points":2,"comment":"Well."}"#)
            #expect(try await site.grade(attempt, as: "2-0").points == 5)
            #expect(try await site.grade(attempt, as: "3-0").revision == 2)
            try await site.mark(attempt, "why", #"{"points":"2.5"}"#)
            try await site.grade(attempt, as: "4-0")
            #expect(try await site.grades() == ["ada 1 graded 5.5 v1 r3"])
            #expect(
                try await site.history() == [
                    "\(attempt) 3 awaiting_person v1 r1 A person marked an answer.",
                    "\(attempt) 5 graded v1 r2 A person marked an answer.",
                ])
            #expect(try await site.followUps()["email.send"] == 2)
            #expect(try await site.followUps()["certificate.issue"] == 1)
            #expect(try await site.statistics().filter { $0.hasPrefix("total") } == ["total 1 t 5.5 1"])
        }
    }

    @Test(arguments: [
        ("best", "ada 3 3 t t 3"), ("first", "ada 1 3 f f 3"), ("last", "ada 2 3 t t 3"), ("average", "ada 2 3 t t 3"),
    ])
    func `of several attempts the policy takes what counts`(policy: String, expected: String) async throws {
        try await withQuiz(QuizSite.document(rules: #", "attempts": "\#(policy)""#)) { site, _ in
            let one = try await site.submit("ada", number: 1, ["unit": #"{"value":"m/s"}"#])
            let three = try await site.submit("ada", number: 3, Self.half)
            let two = try await site.submit("ada", number: 2, Self.right)
            for attempt in [three, one, two] { try await site.grade(attempt) }
            #expect(try await site.finals() == [expected.replacing("f f", with: "f \(policy == "first" ? "t" : "f")")])
        }
    }
}

extension Outcome {
    /// Why it is a dead letter.
    var burial: String? { if case .bury(let reason) = self { reason } else { nil } }
}
